-- Hash tables with string keys made by sub: frequencies of k-letter sequences.
local n = tonumber(arg and arg[1]) or 220000

local letters = { "a", "c", "g", "t" }
local seed, parts = 42, {}
for i = 1, n do
  seed = (seed * 3877 + 29573) % 139968
  parts[i] = letters[math.floor(seed * seed / 139968 / 139968 * 4) + 1]
end
local sequence = table.concat(parts)

local function frequencies(width)
  local counts = {}
  for i = 1, #sequence - width + 1 do
    local key = sequence:sub(i, i + width - 1)
    counts[key] = (counts[key] or 0) + 1
  end
  local keys = {}
  for key in pairs(counts) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  return keys, counts
end

local summary = {}
for _, width in ipairs({ 1, 2, 4, 6, 10 }) do
  local keys, counts = frequencies(width)
  summary[#summary + 1] = keys[1] .. counts[keys[1]] .. "/" .. #keys
end
print(string.format("nucleotides %d %s", n, table.concat(summary, " ")))
