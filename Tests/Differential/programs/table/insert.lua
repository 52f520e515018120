-- table.insert at the end, in the middle, at the borders, and its errors.
local function show(t) print(#t, table.concat(t, ",")) end
local t = {}
table.insert(t, "a") table.insert(t, "c") table.insert(t, 2, "b") table.insert(t, 1, "z") show(t)
table.insert(t, #t + 1, "end") show(t)
print(pcall(table.insert, t, 0, "x"))
print(pcall(table.insert, t, #t + 2, "x"))
print(pcall(table.insert, t, -1, "x"))
print(pcall(table.insert, t, "1", "first"), t[1])
print(pcall(table.insert, t, 1.0, "float"), t[1])
print(pcall(table.insert, t, 1.5, "x"))
print(pcall(table.insert, t, "x", "y"))
print(pcall(table.insert, t))
print(pcall(table.insert, t, 1, 2, 3))
print(pcall(table.insert))
print(pcall(table.insert, nil, 1))
print(pcall(table.insert, 5, 1))
print(pcall(table.insert, "str", 1))
table.insert(t, nil) show(t)
table.insert(t, 2, nil) print(t[2], t[3], #t == 8 or #t)
print(select("#", table.insert(t, "x")))
-- growing from the front keeps order
local q = {}
for i = 1, 50 do table.insert(q, 1, i) end
print(q[1], q[50], #q)
-- with metamethods
local log = {}
local store = {"a", "b"}
local p = setmetatable({}, {
  __len = function() return #store end,
  __index = function(_, k) log[#log + 1] = "get" .. k return store[k] end,
  __newindex = function(_, k, v) log[#log + 1] = "set" .. k .. "=" .. tostring(v) store[k] = v end,
})
table.insert(p, 1, "new")
print(table.concat(log, " "), table.concat(store, ","))
table.insert(p, "tail")
print(table.concat(store, ","), rawget(p, 1), rawget(p, 2), rawget(p, 3))
