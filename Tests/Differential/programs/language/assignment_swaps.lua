-- Swaps, rotations and aliasing in multiple assignment.
local a, b, c = 1, 2, 3
a, b, c = c, a, b
print(a, b, c)
local t = {1, 2, 3}
t[1], t[2] = t[2], t[1]
print(table.concat(t, " "))
local i, j = 1, 3
t[i], t[j], i, j = t[j], t[i], j, i
print(table.concat(t, " "), i, j)
local p = {x = 1, y = {z = 2}}
p.x, p.y, p.w = p.y.z, p.x
print(p.x, p.y, p.w)
local q = {v = "old"}
local r = q
q, q.v = nil, "new"
print(q, r.v)
local s = {}
s.a, s.b, s.c = (function() return 1, 2, 3 end)()
print(s.a, s.b, s.c)
local n = 1
n, t[n] = n + 1, "one"
print(n, t[1], t[2])
t[n], n = "two", n + 1
print(n, t[2], t[3])
local x, y = 1
y, x = x, y
print(x, y)
local u, v, w = (function() return 1, 2 end)(), 10
print(u, v, w)
do local a = a a = a + 1 print(a) end
print(a)
local function f() return 7, 8 end
local m = {f(), f(), k = f()}
print(#m, m.k)
a, m[1], m.k = f()
print(a, m[1], m.k)
t = {10, 20, 30, 40}
for k = 1, #t // 2 do t[k], t[#t - k + 1] = t[#t - k + 1], t[k] end
print(table.concat(t, " "))
local fib0, fib1 = 0, 1
for _ = 1, 10 do fib0, fib1 = fib1, fib0 + fib1 end
print(fib0, fib1)
