-- A queue by priority in an array, and a sort with it.
local Queue = {}
Queue.__index = Queue

function Queue.new() return setmetatable({ items = {} }, Queue) end

function Queue:push(item)
  local items = self.items
  local place = #items + 1
  items[place] = item
  while place > 1 do
    local parent = math.floor(place / 2)
    if items[parent] <= items[place] then break end
    items[parent], items[place] = items[place], items[parent]
    place = parent
  end
end

function Queue:pop()
  local items = self.items
  local count = #items
  if count == 0 then return nil end
  local first = items[1]
  items[1] = items[count]
  items[count] = nil
  local place = 1
  while true do
    local least = place
    local left = place * 2
    if left < count and items[left] < items[least] then least = left end
    if left + 1 < count and items[left + 1] < items[least] then least = left + 1 end
    if least == place then break end
    items[least], items[place] = items[place], items[least]
    place = least
  end
  return first
end

local seed = 7
local sum = 0
for _ = 1, 3 do
  local queue = Queue.new()
  for _ = 1, 40000 do
    seed = (seed * 16807) % 2147483647
    queue:push(seed % 100000)
  end
  local last = -1
  local place = 0
  while true do
    local item = queue:pop()
    if not item then break end
    if item < last then error("not in order") end
    last = item
    place = place + 1
    sum = sum + item * (place % 7)
  end
end
print(string.format("%.14g", sum))
