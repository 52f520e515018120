-- Backtracking over three arrays of marks.
local Board = {}
Board.__index = Board

local function filled(count, value)
  local array = {}
  for i = 1, count do array[i] = value end
  return array
end

function Board.new(size)
  return setmetatable({
    size = size,
    columns = filled(size, false),
    up = filled(size * 2, false),
    down = filled(size * 2, false),
    found = 0,
  }, Board)
end

function Board:place(row)
  if row > self.size then
    self.found = self.found + 1
    return
  end
  for column = 1, self.size do
    local rising = row + column - 1
    local falling = row - column + self.size
    if not self.columns[column] and not self.up[rising] and not self.down[falling] then
      self.columns[column] = true
      self.up[rising] = true
      self.down[falling] = true
      self:place(row + 1)
      self.columns[column] = false
      self.up[rising] = false
      self.down[falling] = false
    end
  end
end

function Board:solutions()
  return self.found
end

local board = Board.new(10)
board:place(1)
print(board:solutions())
