-- Varargs with nils, counts, adjustment and passing on.
local function count(...) return select("#", ...) end
local function pass(...) return ... end
local function first(...) return (...) end
local function pack(...) return {n = select("#", ...), ...} end
print(count(), count(nil), count(nil, nil), count(1, nil, 3, nil))
print(pass()) print(pass(nil)) print(pass(1, nil, 3)) print((pass(1, 2)))
print(first(), first(nil, 2), first(5, 6))
print(count(pass(1, 2), pass(3, 4)), count((pass(1, 2))), count(pass(), pass()), count(pass(), nil))
local p = pack(nil, 2, nil)
print(p.n, p[1], p[2], p[3])
local function f(a, b, ...) local c, d = ... return a, b, c, d, count(...) end
print(f()) print(f(1)) print(f(1, 2, 3)) print(f(1, 2, 3, 4, 5, 6))
local function g(...) local a <const>, b = ..., "b" return a, b end
print(g(1, 2))
local function h(...)
  for i = 1, select("#", ...) do local v = select(i, ...) io.write(tostring(v), " ") end
  print()
end
h(nil, false, 0, "")
local function tail(n, ...) if n == 0 then return ... end return tail(n - 1, n, ...) end
print(tail(5))
print(pcall(function(...) return count(...), ... end, nil, nil))
print((function(...) return count(...) end)(table.unpack({}, 1, 100)))
-- a vararg in the middle is one value, at the end all
local function three() return 1, 2, 3 end
local t = {three(), three()}
print(#t, t[1], t[2], t[4])
local function main(...) local args = {...} args[1] = "changed" return ... end
print(main("orig", 2))
print(... == nil, select("#", ...))
local function noargs(...) local x = ... return x end
print(noargs())
print(string.format("%s %s", pass("a", "b", "c")), #pack(pass(pass(pass(1, 2, 3)))))
