-- Sorting records by several keys, descending orders and through indexes.
local people = {{"Ann", 30, 5.5}, {"Bob", 25, 6.1}, {"Cid", 30, 5.1}, {"Dan", 25, 5.9}, {"Eve", 41,
  5.5}, {"Fay", 25, 6.1}}
local function show(t)
  local o = {}
  for i, p in ipairs(t) do o[i] = p[1] end
  print(table.concat(o, " "))
end
local function by(...)
  local keys = {...}
  return function(a, b)
    for _, k in ipairs(keys) do
      local i, desc = math.abs(k), k < 0
      if a[i] ~= b[i] then if desc then return a[i] > b[i] end return a[i] < b[i] end
    end
    return false
  end
end
for _, keys in ipairs {{2, 1}, {-2, 1}, {3, -1}, {-3, -1}, {2, 3, 1}, {-2, -3, -1}, {-1}} do
  local c = table.move(people, 1, #people, 1, {})
  table.sort(c, by(table.unpack(keys))) show(c)
end
local idx = {}
for i in ipairs(people) do idx[i] = i end
table.sort(idx, function(a, b) return people[a][1] > people[b][1] end)
print(table.concat(idx, " "))
local words = {"banana", "Apple", "cherry", "apple", "Banana", "date"}
table.sort(words)
print(table.concat(words, " "))
table.sort(words, function(a, b)
  local x, y = a:lower(), b:lower()
  if x == y then return a < b end
  return x < y
end)
print(table.concat(words, " "))
table.sort(words, function(a, b) if #a ~= #b then return #a < #b end return a < b end)
print(table.concat(words, " "))
local nums = {3, 1.5, -2, 10, 2.5, -2.5, 0}
table.sort(nums, function(a, b)
  return math.abs(a) < math.abs(b) or math.abs(a) == math.abs(b) and a < b
end)
print(table.concat(nums, " "))
local v = {"1.10", "1.9", "1.2.1", "1.2"}
table.sort(v, function(a, b)
  local x, y = a:gmatch("%d+"), b:gmatch("%d+")
  while true do
    local p, q = tonumber(x() or -1), tonumber(y() or -1)
    if p ~= q then return p < q end
    if p == -1 then return false end
  end
end)
print(table.concat(v, " "))
local t = {}
for i = 1, 100 do t[i] = (i * 37) % 101 end
table.sort(t)
print(t[1], t[50], t[100])
local calls = 0
table.sort(t, function(a, b) calls = calls + 1 return a > b end)
print(t[1], calls > 99, calls < 5000)
