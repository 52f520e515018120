-- pack counts nils, unpack honours ranges and limits.
local p = table.pack(1, nil, 3, nil)
print(p.n, p[1], p[2], p[3], p[4], table.pack().n, table.pack(nil).n)
print(table.unpack(p, 1, p.n))
print(table.unpack({1, 2, 3}))
print(table.unpack({1, 2, 3}, 2))
print(table.unpack({1, 2, 3}, 2, 3))
print(table.unpack({1, 2, 3}, -1, 1))
print(table.unpack({1, 2}, 3))
print(select("#", table.unpack({}, 1, 5)), select("#", table.unpack({}, 5, 1)), select("#",
  table.unpack({n = 3})))
print(table.unpack({[math.maxinteger] = "m"}, math.maxinteger, math.maxinteger))
print(table.unpack({[math.mininteger] = "m"}, math.mininteger, math.mininteger))
print(pcall(table.unpack, {}, 1, 1e7))
print(pcall(table.unpack, {}, 1, math.maxinteger))
print(pcall(table.unpack, {}, math.mininteger, math.maxinteger))
print(pcall(table.unpack, {}, 0, math.maxinteger))
print(select("#", table.unpack({}, math.maxinteger, math.mininteger)))
print(pcall(table.unpack))
print(pcall(table.unpack, nil))
print(pcall(table.unpack, {}, "x"))
print(pcall(table.unpack, {}, 1, 1.5))
print(pcall(table.unpack, 5))
print(table.unpack("abc", 1, 2)) print(table.unpack({1, 2, 3}, "2", 3.0))
print(select("#", table.unpack({}, 1, 200)), (select(250, table.unpack((function()
  local t = {}
  for i = 1, 250 do t[i] = i end
  return t
end)()))))
local v = setmetatable({}, {__len = function() return 4 end,
  __index = function(_, k) return k * k end})
print(table.unpack(v)) print(table.unpack(v, 3, 6))
local function f(...) return table.pack(...).n, select("#", ...) end
print(f(table.unpack({nil, nil}, 1, 2)), f(nil), f())
print((table.unpack({1, 2})), ({table.unpack({1, 2}), table.unpack({3, 4})})[3])
