-- rawlen and __len: the operator, the functions of table, and values of other types.
local t = setmetatable({1, 2, 3}, {__len = function(x) return rawlen(x) * 10 end})
print(#t, rawlen(t), rawlen("four"), rawlen {})
print(pcall(function() return rawlen(5) end))
print(pcall(function() return rawlen() end))
t[4] = "x"
print(#t, rawlen(t))
local s = setmetatable({}, {__len = function() return "not a number" end})
print(#s, pcall(table.concat, s))
print(pcall(table.unpack, s))
print(pcall(table.insert, s, 1))
local three = setmetatable({}, {__len = function() return 3 end})
table.insert(three, "d")
print(rawget(three, 4), #three, table.unpack(setmetatable({"a", "b", "c"}, getmetatable(three))))
print(table.remove(three), table.concat(setmetatable({1, 2, 3, 4}, getmetatable(three)), "-"))
print(#setmetatable({}, {__len = function() return -1.5 end}), #"", #"\0\0")
print(pcall(function() return #5 end))
print(pcall(function() local n; return #n end))
local log = {}
local proxy = setmetatable({}, {__len = function() log[#log + 1] = "len" return 2 end})
for i = 1, #proxy do log[#log + 1] = i end
print(table.concat(log, " "))
