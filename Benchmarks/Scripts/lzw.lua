-- LZW compression and expansion with string-keyed dictionaries.
local n = tonumber(arg and arg[1]) or 1200000

local char, sub = string.char, string.sub

local function compress(text)
  local codes, size, out = {}, 256, {}
  for i = 0, 255 do codes[char(i)] = i end
  local word = ""
  for i = 1, #text do
    local c = sub(text, i, i)
    local longer = word .. c
    if codes[longer] then
      word = longer
    else
      out[#out + 1] = codes[word]
      codes[longer] = size
      size = size + 1
      word = c
    end
  end
  if word ~= "" then out[#out + 1] = codes[word] end
  return out
end

local function expand(codes)
  local words, size = {}, 256
  for i = 0, 255 do words[i] = char(i) end
  local previous = words[codes[1]]
  local out = { previous }
  for i = 2, #codes do
    local word = words[codes[i]] or previous .. sub(previous, 1, 1)
    out[i] = word
    words[size] = previous .. sub(word, 1, 1)
    size = size + 1
    previous = word
  end
  return table.concat(out)
end

local seed, parts, length = 5, {}, 0
local vocabulary = { "night", "jar", " sings ", "over ", "the moor, ", "and ", "moth", "s " }
while length < n do
  seed = (seed * 16807) % 2147483647
  local word = vocabulary[seed % #vocabulary + 1]
  parts[#parts + 1] = word
  length = length + #word
end
local text = table.concat(parts)
local codes = compress(text)
assert(expand(codes) == text)

local hash = 0
for i = 1, #codes do hash = (hash * 31 + codes[i]) % 1000000007 end
print(string.format("lzw %d %d %d", n, #codes, hash))
