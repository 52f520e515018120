-- Adjustment of results in every syntactic position.
local function f0() end
local function f1() return 1 end
local function f3() return 1, 2, 3 end
local function n(...) return select("#", ...) end
print(n(f0()), n(f1()), n(f3()), n(f3(), f3()), n((f3())), n((f0())), n(f0(), f0()), n(f3(), nil),
  n(nil, f3()))
local a, b, c, d = f3()
print(a, b, c, d)
a, b = f3(), 10
print(a, b)
a, b, c = 10, f3()
print(a, b, c)
a, b, c = f0(), f1()
print(a, b, c)
a, b = (f3())
print(a, b)
local t = {f3(), f3()}
print(#t)
t = {f3(), (f3())}
print(#t)
t = {(f3())}
print(#t)
t = {f0()}
print(#t)
t = {f0(), f0()}
print(#t)
t = {f0(), 1}
print(t[2])
t = {[1] = f3()}
print(#t, t[1])
t = {x = f3()}
print(t.x)
print(f3() + 1, f3() .. "", -f3(), not f0(), f3() == 1, f0() == nil, (f3()))
print((f3()) + (f3()), f3() and f3(), f0() or f3(), f3() and 5, {f3()} ~= nil)
if f0() then print("never") end
while f0() do end
for i = f1(), f3() do io.write(i, " ") end
for i = 1, (f3()) do io.write(i, " ") end
print(("x"):rep(f3()), string.format("%d %d %d", f3()), #{n(f3()), f3()}, select(2, f3()))
local function pass(...) return ... end
local function first(...) return (...) end
print(pass(f3()))
print(first(f3()))
print(pass(), pass(nil), n(pass(f0(), nil)))
print((pass(1, 2)), pass(1, 2), (pass()))
return f3()
