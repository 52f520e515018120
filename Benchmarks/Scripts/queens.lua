-- Backtracking over small arrays: counts the placements of n queens.
local n = tonumber(arg and arg[1]) or 12

local columns, rising, falling = {}, {}, {}
for i = 1, 2 * n do columns[i], rising[i], falling[i] = false, false, false end

local solutions, tried = 0, 0
local function place(row)
  if row > n then
    solutions = solutions + 1
    return
  end
  for column = 1, n do
    tried = tried + 1
    local up, down = row + column - 1, row - column + n
    if not (columns[column] or rising[up] or falling[down]) then
      columns[column], rising[up], falling[down] = true, true, true
      place(row + 1)
      columns[column], rising[up], falling[down] = false, false, false
    end
  end
end

place(1)
print(string.format("queens %d %d %d", n, solutions, tried))
