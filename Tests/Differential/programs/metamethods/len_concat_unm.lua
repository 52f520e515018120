-- __len, __concat, __unm, __bnot: results of any kind and operand rules.
local function show(...) print(...) end
local t = setmetatable({1, 2, 3}, {__len = function(x) return rawlen(x) * 10 end})
print(#t, rawlen(t))
print(#setmetatable({}, {__len = function() return "text" end}), #setmetatable({},
  {__len = function() return nil end}), #setmetatable({},
  {__len = function() return {} end}) ~= nil, #setmetatable({},
  {__len = function() return 1.5 end}))
print(#setmetatable({}, {__len = function(a, b) return rawequal(a, b) end}), -setmetatable({},
  {__unm = function(a, b) return rawequal(a, b) end}), ~setmetatable({},
  {__bnot = function(a, b) return rawequal(a, b) end}))
print(pcall(table.unpack, setmetatable({}, {__len = function() return "x" end})))
print(pcall(table.insert, setmetatable({}, {__len = function() return 1.5 end}), 1))
print(pcall(table.concat, setmetatable({"a", "b"}, {__len = function() return 2.0 end})))
print(table.unpack(setmetatable({1, 2, 3}, {__len = function() return 2 end})))
local c = setmetatable({n = "c"}, {__concat = function(a, b)
  return "[" .. (type(a) == "table" and "T" or a) .. "|" .. (type(b) == "table" and "T" or b) .. "]"
end})
print(c .. c, c .. "x", "x" .. c, 1 .. c, c .. 2.5, "a" .. "b" .. c, c .. "a" .. "b", "a" .. c ..
  "b", c .. c .. c, ("x" .. c) .. "y")
print(pcall(function() return c .. nil end))
print(pcall(function() return c .. {} end))
local num = setmetatable({}, {__concat = function(a, b) return 42 end})
print(num .. "x", math.type(num .. "x"), "a" .. (num .. "x"), "a" .. num .. "b")
local nilc = setmetatable({}, {__concat = function() return nil end})
print(nilc .. "x", pcall(function() return "a" .. nilc .. "x" end))
local first = setmetatable({}, {__concat = function() return "first" end})
local second = setmetatable({}, {__concat = function() return "second" end})
print(first .. second, second .. first, first .. 1 .. second)
print(- -setmetatable({}, {__unm = function() return 5 end}), -setmetatable({},
  {__unm = function() return "10" end}) + 1)
local str = setmetatable({}, {__tostring = function() return "S" end, __name = "N"})
print(pcall(function() return "x" .. str end))
print(#"abc" .. "d", #{} .. "", -"2" .. "", - - "3")
print(pcall(function() return #nil .. "x" end), pcall(function() return -{} end))
