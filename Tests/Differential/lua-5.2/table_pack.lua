-- table.pack and table.unpack, holes and explicit bounds.
local function show(t) io.write(t.n, ":") for i = 1, t.n do io.write(" ", tostring(t[i])) end print() end
show(table.pack()) show(table.pack(nil)) show(table.pack(1, nil, 3, nil)) show(table.pack(nil, nil))
print(table.unpack({1, 2, 3}))
print(table.unpack({1, nil, 3, n = 3}, 1, 3))
print(table.unpack({1, 2, 3}, 2), (table.unpack({1, 2, 3}, 2)))
print(table.unpack({1, 2}, -1, 2), select("#", table.unpack({}, 1, 5)))
print(table.unpack({}, 1, 0), table.unpack({}, 5, 4), unpack == table.unpack)
print(pcall(table.unpack, {}, 1, 1e8))
print(pcall(table.unpack, {}, -1e8, 1))
print(table.unpack(setmetatable({1, 2}, {__index = function(_, i) return -i end,
  __len = function() return 4 end})))
local p = table.pack(pcall(error, "x"))
print(p.n, p[1], p[2])
print(table.pack(table.unpack({1, 2, 3}, 1, 5)).n, #table.pack(1, 2, 3))
local wide = {}
for i = 1, 200 do wide[i] = i end
print(select("#", table.unpack(wide)), (select(200, table.unpack(wide))))
