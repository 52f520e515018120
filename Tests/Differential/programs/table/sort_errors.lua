-- Errors in sort: wrong types, bad comparators, comparators that fail.
print(pcall(table.sort))
print(pcall(table.sort, nil))
print(pcall(table.sort, "x"))
print(pcall(table.sort, {}, 1))
print(pcall(table.sort, {}, "x"))
print(pcall(table.sort, {1}, {}))
print(pcall(table.sort, {}, nil))
print((select(2, pcall(table.sort, {1, "x"})):gsub("number", "K"):gsub("string", "K")))
print((select(2, pcall(table.sort, {{}, {}}))))
print((select(2, pcall(table.sort, {true, false}))))
print(pcall(table.sort, {3, 2, 1}, function() error("in comparator", 0) end))
print((pcall(table.sort, {3, 2, 1, 4}, function() error({}) end)))
-- a comparator that is always true either gets the error or ends; it never hangs
local t = {}
for i = 1, 100 do t[i] = i end
local ok, m = pcall(table.sort, t, function() return true end)
print(ok or m == "invalid order function for sorting" or m:match("attempt to compare") ~= nil)
-- a comparator that returns nothing means false
local u = {3, 1, 2}
print(pcall(table.sort, u, function() end))
table.sort(u) print(table.concat(u, ","))
-- all elements survive a random comparator
local r, x = {}, 1
for i = 1, 50 do r[i] = i end
pcall(table.sort, r, function() x = x * 1103515245 % 2147483648 return x % 2 == 0 end)
local sum = 0
for i = 1, 50 do if r[i] then sum = sum + r[i] end end
print(sum > 0)
print(pcall(table.sort, setmetatable({}, {__len = function() return math.maxinteger end})))
print(pcall(table.sort, setmetatable({}, {__len = function() return -1 end})))
local log = 0
local p = setmetatable({}, {__len = function() return 3 end,
  __index = function(_, i) return ({30, 10, 20})[i] end, __newindex = function() log = log + 1 end})
print(pcall(table.sort, p), log > 0)
