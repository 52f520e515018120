-- __eq, __lt and __le: same handlers, mixed types, and __le by way of __lt.
local log = {}
local mt = {
  __lt = function(a, b) log[#log + 1] = "lt" return a.x < b.x end,
  __eq = function(a, b) log[#log + 1] = "eq" return a.x == b.x end,
}
local function V(x) return setmetatable({x = x}, mt) end
local a, b, c = V(1), V(2), V(1)
print(a < b, a <= b, a > b, a >= b, a == c, a ~= b, a == a)
print(table.concat(log, " "))
mt.__le = function(x, y) log[#log + 1] = "le" return x.x <= y.x end
log = {}
print(a <= b, b >= a, not (a < b), table.concat(log, " "))
local other = setmetatable({x = 1}, {__eq = mt.__eq, __lt = function() return "truthy" end})
print(a == other, other == a, other < a, a < other)
local different = setmetatable({x = 1}, {__eq = function() return true end})
print(a == different, different == a)
print(rawequal(a, c), a == 1, a ~= nil, V(1) == setmetatable({x = 1}, mt))
print(pcall(function() return a < 1 end))
print(pcall(function() return {} < {} end))
print(pcall(function() return 1 < "2" end))
print(pcall(function() return nil <= 1 end))
print("a" < "b", "a" < "B", "" < "a", "a\0b" < "a\0c", "Z" < "a", "10" < "9", not ("x" <= "w"))
table.sort({V(3), V(1), V(2)}, function(x, y) return x < y end)
