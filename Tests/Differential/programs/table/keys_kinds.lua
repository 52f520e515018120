-- Every kind of value but nil and nan is a key by identity or value.
local f, co = function() end, coroutine.create(print)
local u, v = {}, {}
local t = {[true] = 1, [false] = 2, [f] = 3, [co] = 4, [u] = 5, [v] = 6, [io.stdout] = 7, [print] =
  8, ["true"] = 9, [1] = 10, ["1"] = 11, [1.5] = 12}
print(t[true], t[false], t[f], t[co], t[u], t[v], t[io.stdout], t[print], t["true"], t[1], t["1"],
  t[1.5], t[{}], t[function() end])
local n = 0
for k, val in pairs(t) do n = n + val end
print(n)
t[true], t[u] = nil, nil
print(t[true], t[u], t[v])
-- keys with __eq are still told apart
local mt = {__eq = function() return true end}
local a, b = setmetatable({}, mt), setmetatable({}, mt)
local e = {[a] = "a"}
print(a == b, e[a], e[b])
-- keys removed and set again while holding others
local s = {}
for i = 1, 200 do s[i .. ""] = i end
for i = 1, 200, 3 do s[i .. ""] = nil end
for i = 1, 200, 3 do s["n" .. i] = -i end
local sum, count = 0, 0
for k, x in pairs(s) do sum = sum + x count = count + 1 end
print(sum, count, s["1"], s["2"], s.n1, s.n4)
-- next after clearing the current key
for k in pairs(s) do s[k] = nil end
print(next(s))
s.a = 1
print(next(s))
