-- Dynamic programming over two strings: longest common subsequence and edit distance.
local n = tonumber(arg and arg[1]) or 1300

local byte, max, min = string.byte, math.max, math.min

local function text(seed, length)
  local parts = {}
  for i = 1, length do
    seed = (seed * 16807) % 2147483647
    parts[i] = string.char(97 + seed % 4)
  end
  return table.concat(parts)
end

local function common(a, b)
  local previous, current = {}, {}
  for j = 0, #b do previous[j] = 0 end
  for i = 1, #a do
    current[0] = 0
    local c = byte(a, i)
    for j = 1, #b do
      if c == byte(b, j) then
        current[j] = previous[j - 1] + 1
      else
        current[j] = max(previous[j], current[j - 1])
      end
    end
    previous, current = current, previous
  end
  return previous[#b]
end

local function distance(a, b)
  local row = {}
  for j = 0, #b do row[j] = j end
  for i = 1, #a do
    local diagonal, c = row[0], byte(a, i)
    row[0] = i
    for j = 1, #b do
      local above = row[j]
      local cost = c == byte(b, j) and 0 or 1
      row[j] = min(above + 1, row[j - 1] + 1, diagonal + cost)
      diagonal = above
    end
  end
  return row[#b]
end

local a, b = text(11, n), text(23, n + 10)
print(string.format("subsequence %d %d %d", n, common(a, b), distance(a, b)))
