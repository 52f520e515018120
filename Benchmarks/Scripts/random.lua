-- Integer arithmetic in a closure: a linear congruential generator tested by rolling dice.
local n = tonumber(arg and arg[1]) or 3300000

local function generator(seed)
  return function(limit)
    seed = (seed * 16807) % 2147483647
    return seed % limit + 1
  end
end

local roll = generator(20240229)
local counts, runs, longest, previous, length = {}, 0, 0, 0, 0
for i = 2, 12 do counts[i] = 0 end
for _ = 1, n do
  local sum = roll(6) + roll(6)
  counts[sum] = counts[sum] + 1
  if sum == previous then
    length = length + 1
    if length > longest then longest = length end
  else
    runs = runs + 1
    previous, length = sum, 1
  end
end

local hash = 0
for i = 2, 12 do hash = (hash * 31 + counts[i]) % 1000000007 end
print(string.format("random %d %d %d %d %d", n, counts[7], runs, longest, hash))
