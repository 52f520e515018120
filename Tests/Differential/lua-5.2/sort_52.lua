-- table.sort, insert and remove: orders, errors and positions.
local t = {5, 2, 8, 1, 9, 3}
table.sort(t) print(table.concat(t, " "))
table.sort(t, function(a, b) return a > b end) print(table.concat(t, " "))
local words = {"banana", "apple", "Cherry", "date", "", "apple2"}
table.sort(words) print(table.concat(words, ","))
print(pcall(table.sort, {1, "x"})) print(pcall(table.sort, {{}, {}})) print(pcall(table.sort, {3, 1, 2}, print) == true)
print((select(2, pcall(table.sort, {1, 2, 3}, {}))):match("function expected"))
local l = {}
table.insert(l, "a") table.insert(l, 1, "b") table.insert(l, 3, "c") print(table.concat(l, ","))
print(pcall(table.insert, l, 5, "x")) print(pcall(table.insert, l, 0, "x")) print(pcall(table.insert, l)) print(pcall(table.insert, l, 1, 2, 3))
print(table.remove(l), table.remove(l, 1), table.concat(l, ","), table.remove(l), table.remove(l), #l)
print(pcall(table.remove, {1, 2, 3}, 5)) print(table.remove({1, 2, 3}, 4), table.remove({}, 0), table.remove({[0] = "zero"}, 0))
print(table.concat({}, ","), table.concat({1, 2, 3}, ", ", 2, 3), table.concat({1, 2}, "x", 3), pcall(table.concat, {1, {}, 3}))
print(pcall(table.concat, {1, 2}, ",", 1, 3))
local stable = {}
for i = 1, 100 do stable[i] = {k = i % 7, i = i} end
table.sort(stable, function(a, b) if a.k ~= b.k then return a.k < b.k end return a.i < b.i end)
print(stable[1].i, stable[50].i, stable[100].i)
