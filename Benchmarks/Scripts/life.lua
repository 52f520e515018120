-- Conway's game of life on a torus, as arrays of arrays of small integers.
local n = tonumber(arg and arg[1]) or 1700

local width, height = 64, 48

local function blank()
  local rows = {}
  for y = 1, height do
    local row = {}
    for x = 1, width do row[x] = 0 end
    rows[y] = row
  end
  return rows
end

local function step(now, out)
  local alive = 0
  for y = 1, height do
    local above = now[y == 1 and height or y - 1]
    local here = now[y]
    local below = now[y == height and 1 or y + 1]
    local target = out[y]
    for x = 1, width do
      local left = x == 1 and width or x - 1
      local right = x == width and 1 or x + 1
      local neighbours = above[left] + above[x] + above[right] + here[left] + here[right]
        + below[left] + below[x] + below[right]
      if neighbours == 3 or (neighbours == 2 and here[x] == 1) then
        target[x] = 1
        alive = alive + 1
      else
        target[x] = 0
      end
    end
  end
  return alive
end

local now, other = blank(), blank()
local seed = 2024
for y = 1, height do
  for x = 1, width do
    seed = (seed * 16807) % 2147483647
    now[y][x] = seed % 3 == 0 and 1 or 0
  end
end

local hash, alive = 0, 0
for _ = 1, n do
  alive = step(now, other)
  now, other = other, now
  hash = (hash * 31 + alive) % 1000000007
end
print(string.format("life %d %d %d", n, alive, hash))
