-- table.sort with and without comparator; only results that any right sort gives.
local function show(t, f) table.sort(t, f) print(table.concat(t, " ")) end
show {} show {1} show {2, 1} show {3, 1, 2} show {5, 3, 8, 1, 9, 2, 7} show {1, 1, 1}
show {2, 1, 2, 1, 2}
show {"pear", "apple", "fig", "Banana", "cherry"} show {1.5, 1, 2, 0.5, -1, 1e10, -1e10}
show({3, 1, 2}, function(a, b) return a > b end)
show({"aaa", "b", "cc"}, function(a, b) return #a < #b end)
show({"10", "9", "1", "100"}, function(a, b) return tonumber(a) < tonumber(b) end)
local big, x = {}, 12345
for i = 1, 500 do x = (x * 1103515245 + 12345) % 2147483648 big[i] = x % 1000 end
table.sort(big)
for i = 2, #big do assert(big[i - 1] <= big[i]) end
table.sort(big, function(a, b) return a > b end)
for i = 2, #big do assert(big[i - 1] >= big[i]) end
local up, down, same = {}, {}, {}
for i = 1, 200 do up[i], down[i], same[i] = i, 201 - i, 7 end
table.sort(up) table.sort(down) table.sort(same)
for i = 1, 200 do assert(up[i] == i and down[i] == i and same[i] == 7) end
local people = {}
for i, n in ipairs { "Eve", "Bob", "Ann", "Dan", "Cid" } do
  people[i] = {name = n, age = i * 7 % 5}
end
table.sort(people, function(a, b) return a.age < b.age end)
for _, p in ipairs(people) do io.write(p.name, p.age, " ") end
print(select("#", table.sort({})))
local mt = {__lt = function(a, b) return a.v < b.v end}
local objs = {}
for i, v in ipairs { 4, 2, 5, 1, 3 } do objs[i] = setmetatable({v = v}, mt) end
table.sort(objs)
for _, o in ipairs(objs) do io.write(o.v, " ") end
print()
