-- Multiple results: swaps, splits and records returned as several values.
local n = tonumber(arg and arg[1]) or 3000000

local function divide(a, b)
  local r = a % b
  return (a - r) / b, r
end

local function swap(a, b) return b, a end

local function extremes(a, b, c)
  local low, high = a, a
  if b < low then low = b elseif b > high then high = b end
  if c < low then low = c elseif c > high then high = c end
  return low, high, high - low
end

local function tail(a, b)
  return extremes(a, b, a + b)
end

local sum = 0
for i = 1, n do
  local q, r = divide(i, 7)
  local a, b = swap(q, r)
  local low, high, span = tail(a, b)
  sum = (sum + low * 3 + high + span) % 1000000007
end
print(string.format("returns %d %d", n, sum))
