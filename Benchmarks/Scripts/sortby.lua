-- table.sort with comparators written in Lua: by field, by two fields, descending.
local n = tonumber(arg and arg[1]) or 90000

local seed = 1234
local function random(limit)
  seed = (seed * 16807) % 2147483647
  return seed % limit
end

local people = {}
for i = 1, n do
  people[i] = { id = i, age = random(90), name = "n" .. random(5000) }
end

local hash = 0
local function note()
  for i = 1, n, 97 do hash = (hash * 31 + people[i].id) % 1000000007 end
end

table.sort(people, function(a, b)
  if a.age ~= b.age then return a.age < b.age end
  return a.id < b.id
end)
note()
table.sort(people, function(a, b)
  if a.name ~= b.name then return a.name < b.name end
  return a.id > b.id
end)
note()
table.sort(people, function(a, b) return a.id > b.id end)
note()
print(string.format("sortby %d %d", n, hash))
