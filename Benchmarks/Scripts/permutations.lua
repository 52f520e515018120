-- All permutations of a list, once through a callback and once through a coroutine.
local n = tonumber(arg and arg[1]) or 9

local function permute(list, size, visit)
  if size <= 1 then return visit(list) end
  for i = 1, size do
    list[i], list[size] = list[size], list[i]
    permute(list, size - 1, visit)
    list[i], list[size] = list[size], list[i]
  end
end

local function numbers(size)
  local list = {}
  for i = 1, size do list[i] = i end
  return list
end

local hash = 0
local function note(list)
  local value = 0
  for i = 1, #list do value = value * 3 + list[i] end
  hash = (hash * 31 + value) % 1000000007
end

permute(numbers(n), n, note)
local count = 0
for list in coroutine.wrap(function() permute(numbers(n), n, coroutine.yield) end) do
  count = count + 1
  note(list)
end
print(string.format("permutations %d %d %d", n, count, hash))
