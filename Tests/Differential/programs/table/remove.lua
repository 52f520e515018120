-- table.remove in all positions and on empty tables.
local function show(...) print(...) end
local t = {"a", "b", "c", "d"}
print(table.remove(t), table.remove(t, 1), table.concat(t, ","), #t)
print(table.remove(t, 2), table.remove(t), table.remove(t), table.remove(t), #t)
-- the number of the bad argument differs between patch releases
local function out(...) return (select(2, pcall(table.remove, ...)):gsub("#%d", "#N")) end
print(table.remove({}, 0), pcall(table.remove, {}, 1))
print(out({}, 2)) print(out({}, -1)) print(out({1, 2, 3}, 5)) print(out({1, 2, 3}, 0))
print(table.remove({1, 2, 3}, 4), table.remove({[0] = "zero"}, 0), table.remove({n = 1}))
print(select("#", table.remove({})), select("#", table.remove({}, 0)), select("#",
  table.remove({1})))
print(pcall(table.remove))
print(pcall(table.remove, nil))
print(pcall(table.remove, "x"))
print(pcall(table.remove, {}, "x"))
print(pcall(table.remove, {1, 2}, 1.5))
print(table.remove({"x", "y"}, "1"), table.remove({"x", "y"}, 2.0))
local q = {}
for i = 1, 20 do q[i] = i end
local sum = 0
while #q > 0 do sum = sum * 2 % 1000003 + table.remove(q, (sum % #q) + 1) end
print(sum)
local log, store = {}, {"a", "b", "c"}
local p = setmetatable({}, {
  __len = function() return #store end,
  __index = function(_, k) log[#log + 1] = "get" .. k return store[k] end,
  __newindex = function(_, k, v) log[#log + 1] = "set" .. k .. "=" .. tostring(v) store[k] = v end,
})
print(table.remove(p, 1), table.concat(log, " "), table.concat(store, ","))
print(table.remove(p), #p, out(p, 10))
