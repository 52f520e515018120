-- Texts: words counted in a table, joined and taken apart.
local text = "the quick brown fox jumps over the lazy dog and the dog sleeps "
local parts = {}
for i = 1, 400 do parts[#parts + 1] = text .. "w" .. i % 97 .. " " end
local page = table.concat(parts, "")

local function count(page)
  local counts = {}
  local from = 1
  for at = 1, #page do
    if page:byte(at) == 32 then
      local word = page:sub(from, at - 1)
      counts[word] = (counts[word] or 0) + 1
      from = at + 1
    end
  end
  return counts
end

local total = 0
for _ = 1, 100 do
  local counts = count(page)
  total = total + (counts["the"] or 0) + (counts["w5"] or 0)
end
print(total)
