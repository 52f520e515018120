-- Closures made and called: counters with shared state, composition, map and fold.
local n = tonumber(arg and arg[1]) or 1300000

local function counter(step)
  local value = 0
  local function advance()
    value = value + step
    return value
  end
  local function read() return value end
  return advance, read
end

local function compose(f, g)
  return function(x) return f(g(x)) end
end

local function map(list, f)
  local out = {}
  for i = 1, #list do out[i] = f(list[i]) end
  return out
end

local function fold(list, start, f)
  local acc = start
  for i = 1, #list do acc = f(acc, list[i]) end
  return acc
end

local sum = 0
for i = 1, n do
  local advance, read = counter(i % 7)
  advance()
  advance()
  sum = sum + read()
end

local base = {}
for i = 1, 40 do base[i] = i end
for i = 1, n / 50 do
  local shift = i % 13
  local f = compose(function(x) return x * 2 end, function(x) return x + shift end)
  sum = (sum + fold(map(base, f), 0, function(a, b) return a + b end)) % 1000000007
end

print(string.format("closures %d %d", n, sum))
