-- Comparisons of 5.1: both operands must have the same metamethod.
local function M(name) return {__lt = function(a, b) return a.v < b.v end, __eq = function() return true end, name = name} end
local m1, m2 = M "1", M "2"
local function V(v, m) return setmetatable({v = v}, m) end
print(V(1, m1) < V(2, m1), V(1, m1) > V(2, m1), V(1, m1) <= V(2, m1), V(1, m1) == V(2, m1), V(1, m1) ~= V(2, m1))
print(pcall(function() return V(1, m1) < V(2, m2) end))
print(V(1, m1) == V(1, m2), V(1, m1) == 5, V(1, m1) ~= "x")
m2.__lt, m2.__eq = m1.__lt, m1.__eq
print(V(1, m1) < V(2, m2), V(1, m1) == V(2, m2))
print(pcall(function() return V(1, m1) < 5 end)) print(pcall(function() return {} < {} end)) print(pcall(function() return 1 < "2" end))
m1.__le = function() return "le" end
print(V(1, m1) <= V(2, m1), V(3, m1) >= V(2, m1))
local u = setmetatable({}, {__index = function(t, k) return k .. "!" end, __unm = function() return "neg" end, __mod = function() return "mod" end, __pow = function() return "pow" end, __div = function() return "div" end})
print(u.key, -u, u % 1, u ^ 2, u / 3, rawget(u, "key"))
