-- luajit: no
-- Integer division and bit operators: the longest Collatz sequence below a bound.
local n = tonumber(arg and arg[1]) or 200000

local bestStart, bestLength, total = 0, 0, 0
for start = 1, n do
  local x, length = start, 1
  while x ~= 1 do
    if x & 1 == 0 then
      x = x // 2
    else
      x = 3 * x + 1
    end
    length = length + 1
  end
  total = total + length
  if length > bestLength then
    bestStart, bestLength = start, length
  end
end

print(string.format("collatz %d %d %d %d", n, bestStart, bestLength, total))
