-- Records chained by a field: builds, reverses, filters and merge-sorts linked lists.
local n = tonumber(arg and arg[1]) or 110000

local seed = 99
local function build(count)
  local head
  for _ = 1, count do
    seed = (seed * 16807) % 2147483647
    head = { value = seed % 100000, next = head }
  end
  return head
end

local function reverse(list)
  local out
  while list do
    list.next, out, list = out, list, list.next
  end
  return out
end

local function filter(list, modulus)
  local first = { next = nil }
  local last = first
  while list do
    if list.value % modulus ~= 0 then
      local node = { value = list.value, next = nil }
      last.next = node
      last = node
    end
    list = list.next
  end
  return first.next
end

local function merge(a, b)
  local first = { next = nil }
  local last = first
  while a and b do
    if a.value <= b.value then
      last.next, a = a, a.next
    else
      last.next, b = b, b.next
    end
    last = last.next
  end
  last.next = a or b
  return first.next
end

local function sort(list)
  if not list or not list.next then return list end
  local slow, fast = list, list.next
  while fast and fast.next do
    slow, fast = slow.next, fast.next.next
  end
  local half = slow.next
  slow.next = nil
  return merge(sort(list), sort(half))
end

local hash = 0
for round = 1, 3 do
  local list = sort(filter(reverse(build(n)), round + 2))
  local previous = -1
  while list do
    assert(list.value >= previous)
    previous = list.value
    hash = (hash * 31 + previous) % 1000000007
    list = list.next
  end
end
print(string.format("linkedlist %d %d", n, hash))
