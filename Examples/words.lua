-- Counts the words of a text: a file, standard input, or a few lines of its own.
--
-- What one sees: lines, words and bytes, the most frequent words with a bar each, and the
-- longest word. Texts of your own:
--
--   nightjar run --allow-read Examples/words.lua FILE
--   cat *.md | nightjar run Examples/words.lua -

local function openSource(name)
  if name == nil then
    local text = [[
The nightjar is a bird of the dusk. By day it sits on the ground, or along a branch and not
across it, and trusts its feathers: bark, dead leaves, a little lichen. By night it opens a
mouth as wide as its head and takes moths out of the air. The song is a churring that goes on
for minutes, and the bird turns its head while it sings, so the song seems to move when the
bird does not. Old books call it goatsucker, which is a slander: the bird came for the moths,
and the moths came for the goats.
]]
    return text:gmatch("[^\n]*\n?")
  end
  local file = name == "-" and io.stdin or assert(io.open(name))
  return file:lines("L")
end

local lines, bytes, words, longest = 0, 0, 0, ""
local counts = {}
for line in openSource(arg[1]) do
  if line:find("\n", 1, true) then lines = lines + 1 end
  bytes = bytes + #line
  -- Bytes of 128 and above belong to letters of UTF-8, so they are part of words.
  for word in line:lower():gmatch("[%a\128-\255]+") do
    words = words + 1
    counts[word] = (counts[word] or 0) + 1
    if utf8.len(word) and utf8.len(word) > (utf8.len(longest) or 0) then longest = word end
  end
end

local ranking = {}
for word, count in pairs(counts) do ranking[#ranking + 1] = { word = word, count = count } end
table.sort(ranking, function(a, b)
  if a.count ~= b.count then return a.count > b.count end
  return a.word < b.word
end)

print(("%d lines, %d words (%d different), %d bytes"):format(lines, words, #ranking, bytes))
local most = ranking[1] and ranking[1].count or 1
for rank = 1, math.min(10, #ranking) do
  local entry = ranking[rank]
  local bar = ("#"):rep(math.ceil(40 * entry.count / most))
  print(("%2d. %-14s %4d %s"):format(rank, entry.word, entry.count, bar))
end
print("longest word: " .. longest)
