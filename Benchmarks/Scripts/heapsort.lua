-- Array reads and writes with computed indices: heap sort of random floats.
local n = tonumber(arg and arg[1]) or 300000

local function sift(a, root, last)
  local value = a[root]
  while true do
    local child = root * 2
    if child > last then break end
    if child < last and a[child] < a[child + 1] then child = child + 1 end
    if value >= a[child] then break end
    a[root] = a[child]
    root = child
  end
  a[root] = value
end

local function heapsort(a, count)
  for root = math.floor(count / 2), 1, -1 do sift(a, root, count) end
  for last = count, 2, -1 do
    a[1], a[last] = a[last], a[1]
    sift(a, 1, last - 1)
  end
end

local seed, values = 42, {}
for i = 1, n do
  seed = (seed * 16807) % 2147483647
  values[i] = seed / 2147483647
end
heapsort(values, n)
for i = 2, n do assert(values[i - 1] <= values[i]) end
print(string.format("heapsort %d %.9f %.9f", n, values[1], values[n]))
