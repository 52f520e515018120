-- __eq, __lt, __le: when they run and what becomes of their results.
local log = {}
local mt = {__eq = function(a, b) log[#log + 1] = "eq" return a.v == b.v end, __lt =
  function(a, b) log[#log + 1] = "lt" local x, y = type(a) == "table" and a.v or a, type(b) == "table" and b.v or b return x < y end,
  __le =
  function(a, b) log[#log + 1] = "le" local x, y = type(a) == "table" and a.v or a, type(b) == "table" and b.v or b return x <= y end}
local function o(v) return setmetatable({v = v}, mt) end
local a, b, c = o(1), o(2), o(1)
print(a == b, a == c, a ~= b, a ~= c, a == a, a == 1, 1 == a, a == nil, a == "x")
print(table.concat(log, " "))
log = {}
print(a < b, a <= b, a > b, a >= b, b < a, a <= c, a >= c) print(table.concat(log, " ")) log = {}
print(a < 5, 5 < a, a <= 1, 1 >= a, a > 0, 0.5 < a) print(table.concat(log, " ")) log = {}
print(rawequal(a, c), rawequal(a, a))
local other = setmetatable({v = 1}, {__eq = function() log[#log + 1] = "other eq" return true end})
print(a == other, other == a, {} == a, a == {})
print(table.concat(log, " "))
print(pcall(function() return {} < {} end))
print(pcall(function() return a < {} end))
print(pcall(function() return {} < a end))
print(pcall(function() return setmetatable({}, {}) <= 1 end))
local odd = setmetatable({}, {__eq = function() return 0 end, __lt = function() return nil end,
  __le = function() return "text" end})
local odd2 = setmetatable({}, getmetatable(odd))
print(odd == odd2, odd ~= odd2, odd < odd2, odd <= odd2, odd > odd2)
local le = setmetatable({}, {__le = function() return true end})
print(le <= 1, pcall(function() return le < 1 end))
local t = {o(3), o(1), o(2)}
table.sort(t)
print(t[1].v, t[2].v, t[3].v)
print(math.max(1, 2), math.max(a, b) == b, math.min(a, b) == a)
local keys = {[a] = "a"}
print(keys[a], keys[c], #{a, c})
print((a < b) == true, not (a < b), a < b and "yes" or "no")
local s = setmetatable({}, {__lt = function(x, y) return tostring(type(x)) .. type(y) end})
print("str" < s, s < "str", s < nil == nil, true < s)
