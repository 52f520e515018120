-- table.concat with ranges, separators, numbers and bad elements.
print(table.concat({}), table.concat({}, ","), table.concat({"a"}), table.concat({"a", "b", "c"}),
  table.concat({"a", "b", "c"}, ", "))
print(table.concat({1, 2.5, "x", -3, 2^53}, " "), table.concat({1.0, -0.0, 1e100}, ";"))
print(table.concat({"a", "b", "c", "d"}, "-", 2), table.concat({"a", "b", "c", "d"}, "-", 2, 3),
  table.concat({"a", "b"}, "-", 2, 1) == "")
print(table.concat({"a", "b"}, "-", 3) == "", table.concat({"a", "b"}, 0, 1, 2),
  table.concat({"a", "b"}, 1.5))
print(table.concat({[-1] = "m", [0] = "z", [1] = "o"}, ",", -1, 1), table.concat({[5] = "five"},
  ",", 5, 5))
print(table.concat({[math.maxinteger] = "last"}, ",", math.maxinteger, math.maxinteger))
print(table.concat({[math.mininteger] = "first", [math.mininteger + 1] = "next"}, ",",
  math.mininteger, math.mininteger + 1))
print(pcall(table.concat, {1, nil, 3}, ",", 1, 3))
print(pcall(table.concat, {1, {}, 3}))
print(pcall(table.concat, {1, true}))
print(pcall(table.concat, {"a", print}, ","))
print(pcall(table.concat, {"a"}, ",", 1, 2))
print(pcall(table.concat))
print(pcall(table.concat, nil))
print(pcall(table.concat, "abc"))
print(pcall(table.concat, {}, {}))
print(pcall(table.concat, {}, "", "x"))
print(pcall(table.concat, {}, "", 1, "y"))
print(pcall(table.concat, {}, "", 1.5))
print(table.concat({"a", "b", "c"}, "", "2", "3"), #table.concat({("x"):rep(1000), ("y"):rep(1000)},
  ("z"):rep(10)))
local virtual = setmetatable({}, {__len = function() return 3 end,
  __index = function(_, i) return "v" .. i end})
print(table.concat(virtual, " "), table.concat(virtual, " ", 2, 5))
print(pcall(table.concat,
  setmetatable({}, {__len = function() return "3" end, __index = function(_, i) return i end})))
print(pcall(table.concat, setmetatable({}, {__len = function() return 1.5 end})))
print(pcall(table.concat, setmetatable({}, {__len = function() return {} end})))
