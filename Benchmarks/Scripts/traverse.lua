-- Iteration: ipairs, pairs over arrays and records, next, and an iterator closure.
local n = tonumber(arg and arg[1]) or 9000

local list, record = {}, {}
for i = 1, 300 do list[i] = i % 17 end
for i = 1, 200 do record["field" .. i] = i end

local function each(t)
  local i = 0
  return function()
    i = i + 1
    return t[i]
  end
end

local sum, names = 0, 0
for round = 1, n do
  for i, value in ipairs(list) do sum = sum + i * value end
  for _, value in pairs(record) do sum = sum + value end
  for key in pairs(record) do names = names + #key end
  local key, value = next(list)
  while key do
    sum = sum + value
    key, value = next(list, key)
  end
  for value2 in each(list) do sum = sum - value2 end
  sum = sum % 1000000007
  list[round % 300 + 1] = round % 17
end
print(string.format("traverse %d %d %d", n, sum, names))
