-- A sudoku solver: sets of candidates as bits of integers, the most constrained cell first.
--
-- What one sees: a puzzle, its solution, and how many guesses it took. A puzzle of your own is
-- 81 characters, a dot for an empty cell:
--
--   nightjar run Examples/sudoku.lua PUZZLE

local puzzle = arg[1] or (".319.86..59.............31...9.7..6875..........6....4"
  .. "....9.8.3.8........6.5.4.9.")
assert(#puzzle == 81, "a puzzle is 81 characters")

local all <const> = (1 << 9) - 1

local function show(cells)
  for row = 0, 8 do
    local parts = {}
    for column = 0, 8 do
      parts[#parts + 1] = tostring(cells[row * 9 + column + 1] or ".")
      if column == 2 or column == 5 then parts[#parts + 1] = "|" end
    end
    print("  " .. table.concat(parts, " "))
    if row == 2 or row == 5 then print("  ------+-------+------") end
  end
end

local rows, columns, boxes, cells = {}, {}, {}, {}
for i = 0, 8 do rows[i], columns[i], boxes[i] = all, all, all end

local function place(i)
  local row, column = (i - 1) // 9, (i - 1) % 9
  return row, column, row // 3 * 3 + column // 3
end

-- Takes a digit out of the sets that its cell belongs to, or gives it back.
local function toggle(i, bit)
  local row, column, box = place(i)
  rows[row] = rows[row] ~ bit
  columns[column] = columns[column] ~ bit
  boxes[box] = boxes[box] ~ bit
end

local function candidates(i)
  local row, column, box = place(i)
  return rows[row] & columns[column] & boxes[box]
end

local function bitCount(set)
  local count = 0
  while set ~= 0 do
    set = set & (set - 1)
    count = count + 1
  end
  return count
end

for i = 1, 81 do
  local digit = math.tointeger(puzzle:sub(i, i))
  if digit and digit > 0 then
    local bit = 1 << (digit - 1)
    assert(candidates(i) & bit ~= 0, "the puzzle contradicts itself at cell " .. i)
    cells[i] = digit
    toggle(i, bit)
  end
end

local guesses = 0
local function solve()
  local best, fewest
  for i = 1, 81 do
    if not cells[i] then
      local count = bitCount(candidates(i))
      if not fewest or count < fewest then best, fewest = i, count end
      if count <= 1 then break end
    end
  end
  if not best then return true end
  local set = candidates(best)
  for digit = 1, 9 do
    local bit = 1 << (digit - 1)
    if set & bit ~= 0 then
      guesses = guesses + 1
      cells[best] = digit
      toggle(best, bit)
      if solve() then return true end
      toggle(best, bit)
      cells[best] = nil
    end
  end
  return false
end

print("the puzzle:")
show(cells)
if solve() then
  print(("solved with %d digits tried:"):format(guesses))
  show(cells)
else
  print("it has no solution")
end
