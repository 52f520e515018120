-- Hash tables with sparse integer keys: insertion, lookup, deletion, growth.
local n = tonumber(arg and arg[1]) or 2400000

local seed = 7
local function random(limit)
  seed = (seed * 16807) % 2147483647
  return seed % limit
end

local seen, distinct, repeats = {}, 0, 0
for _ = 1, n do
  local key = random(400000) * 977 + 13
  local times = seen[key]
  if times then
    seen[key] = times + 1
    repeats = repeats + 1
  else
    seen[key] = 1
    distinct = distinct + 1
  end
end

local removed = 0
for key = 13, 400000 * 977, 977 * 3 do
  if seen[key] then
    seen[key] = nil
    removed = removed + 1
  end
end

local left, sum = 0, 0
for key, times in pairs(seen) do
  left = left + 1
  sum = (sum + key * times) % 1000000007
end
print(string.format("inthash %d %d %d %d %d %d", n, distinct, repeats, removed, left, sum))
