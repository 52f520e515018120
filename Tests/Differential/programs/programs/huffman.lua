-- Huffman coding: tree, codes, encoding, decoding and sizes.
local text = "this is an example of a huffman tree"
local freq, order = {}, {}
for c in text:gmatch(".") do
  if not freq[c] then freq[c] = 0 order[#order + 1] = c end
  freq[c] = freq[c] + 1
end
table.sort(order)
local nodes, id = {}, 0
local function node(t) id = id + 1 t.id = id nodes[#nodes + 1] = t end
for _, c in ipairs(order) do node {n = freq[c], c = c} end
while #nodes > 1 do
  table.sort(nodes, function(a, b) return a.n > b.n or a.n == b.n and a.id > b.id end)
  local a, b = table.remove(nodes), table.remove(nodes)
  node {n = a.n + b.n, a, b}
end
local codes = {}
local function walk(t, p)
  if t.c then codes[t.c] = p == "" and "0" or p else walk(t[1], p .. "0") walk(t[2], p .. "1") end
end
walk(nodes[1], "")
table.sort(order, function(a, b)
  return #codes[a] < #codes[b] or #codes[a] == #codes[b] and a < b
end)
for _, c in ipairs(order) do io.write(("%q=%s "):format(c, codes[c])) end
print()
local bits = text:gsub(".", codes)
local out, t = {}, nodes[1]
for b in bits:gmatch(".") do
  t = t[b == "0" and 1 or 2]
  if t.c then out[#out + 1] = t.c t = nodes[1] end
end
print(table.concat(out) == text, #bits, #text * 8)
local bytes = {}
for i = 1, #bits, 8 do
  bytes[#bytes + 1] = string.char(tonumber((bits:sub(i, i + 7) .. "0000000"):sub(1, 8), 2))
end
print(#table.concat(bytes),
  (table.concat(bytes, "", 1, 6):gsub(".", function(c) return ("%02x"):format(c:byte()) end)))
local function lzw(s)
  local dict, n = {}, 256
  for i = 0, 255 do dict[string.char(i)] = i end
  local w, o = "", {}
  for c in s:gmatch(".") do
    if dict[w .. c] then w = w .. c else o[#o + 1] = dict[w] dict[w .. c] = n n = n + 1 w = c end
  end
  if w ~= "" then o[#o + 1] = dict[w] end
  return o
end
local function unlzw(o)
  local dict, n = {}, 256
  for i = 0, 255 do dict[i] = string.char(i) end
  local w = dict[o[1]]
  local r = {w}
  for i = 2, #o do
    local e = dict[o[i]] or w .. w:sub(1, 1)
    r[#r + 1] = e dict[n] = w .. e:sub(1, 1) n = n + 1 w = e
  end
  return table.concat(r)
end
local c = lzw("TOBEORNOTTOBEORTOBEORNOT")
print(#c, table.concat(c, " "), unlzw(c))
