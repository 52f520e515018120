-- table.move: overlaps in both directions, other tables, metamethods, limits.
local function c(t) return table.concat(t, ",", 1, 8) end
local function fresh() return {1, 2, 3, 4, 5, 6, 7, 8} end
print(c(table.move(fresh(), 1, 5, 3)), c(table.move(fresh(), 3, 8, 1)),
  c(table.move(fresh(), 2, 4, 2)), c(table.move(fresh(), 1, 3, 4)))
print(c(table.move(fresh(), 1, 0, 5)), c(table.move(fresh(), 5, 1, 2)),
  c(table.move(fresh(), 1, 8, 1)), c(table.move(fresh(), 8, 8, 1)))
print(table.concat(table.move({1, 2, 3}, 1, 3, 2), ","),
  table.concat(table.move({1, 2, 3}, 2, 3, 1), ","), table.concat(table.move({1, 2, 3}, 1, 3, 3),
  ","))
local dst = {"a", "b", "c"}
print(table.move({1, 2, 3}, 1, 2, 2, dst) == dst, table.concat(dst, ","))
print(table.concat(table.move({10, 20, 30}, 1, 3, 1, {}), " "), next(table.move({1}, 1, 0, 1, {})))
print(table.move({[-1] = "x", [0] = "y"}, -1, 0, 1)[1], table.move({nil, 2}, 1, 2, 1, {9, 9})[1])
local e = table.move({[math.maxinteger - 1] = 1, [math.maxinteger] = 2}, math.maxinteger - 1,
  math.maxinteger, 1)
print(e[1], e[2])
print(pcall(table.move, {}, 1, math.maxinteger, 2))
print(pcall(table.move, {}, 0, math.maxinteger, 2))
print(pcall(table.move, {}, math.mininteger, -1, 2))
print(pcall(table.move, {}, -1, math.maxinteger, 2))
print(pcall(table.move, {}, 1, 2, math.maxinteger))
print((pcall(table.move, {}, 1, math.mininteger, 2)))
print(pcall(table.move))
print(pcall(table.move, {}))
print(pcall(table.move, {}, 1))
print(pcall(table.move, {}, 1, 2))
print(pcall(table.move, 1, 1, 2, 3))
print(pcall(table.move, {}, "a", 2, 3))
print(pcall(table.move, {}, 1, 2, 3, 4))
print(pcall(table.move, {}, 1.5, 2, 3))
local log = {}
local function proxy(store, name)
  return setmetatable({}, {
    __index = function(_, k) log[#log + 1] = name .. "<" .. k return store[k] end,
    __newindex = function(_, k, v) log[#log + 1] = name .. ">" .. k .. tostring(v) store[k] = v end,
  })
end
local a = proxy({1, 2, 3, 4}, "a")
table.move(a, 1, 3, 2) print(table.concat(log, " ")) log = {}
table.move(a, 2, 4, 1) print(table.concat(log, " ")) log = {}
table.move(a, 1, 2, 1, proxy({}, "b")) print(table.concat(log, " ")) log = {}
table.move(a, 1, 3, 2, a) print(table.concat(log, " "))
