-- Strings taken apart and put together byte by byte: byte, char and sub in loops.
local n = tonumber(arg and arg[1]) or 450

local byte, char, sub, concat = string.byte, string.char, string.sub, table.concat

local function rotate(text, by)
  local out = {}
  for i = 1, #text do
    local b = byte(text, i)
    if b >= 97 and b <= 122 then b = (b - 97 + by) % 26 + 97 end
    out[i] = char(b)
  end
  return concat(out)
end

local function count(text, letter)
  local found = 0
  for i = 1, #text do
    if sub(text, i, i) == letter then found = found + 1 end
  end
  return found
end

local function palindromes(text)
  local best, at = 0, 0
  for middle = 2, #text - 1 do
    local reach = 0
    while middle - reach > 1 and middle + reach < #text
      and byte(text, middle - reach - 1) == byte(text, middle + reach + 1) do
      reach = reach + 1
    end
    if reach > best then best, at = reach, middle end
  end
  return best, at
end

local text = ("the quick brown fox saw a level racecar and a kayak; "):rep(60)
local sum = 0
for round = 1, n do
  text = rotate(text, round % 5 + 1)
  local best, at = palindromes(text)
  sum = (sum * 7 + count(text, "e") + best + at) % 1000000007
end
print(string.format("bytes %d %d %s", n, sum, sub(text, 1, 9)))
