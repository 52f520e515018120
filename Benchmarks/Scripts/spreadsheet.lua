-- Objects that depend on one another: a spreadsheet whose formulas are recomputed on change.
local n = tonumber(arg and arg[1]) or 260000

local Cell = {}
Cell.__index = Cell

function Cell:init(sheet)
  self.sheet = sheet
  self.readers = {}
  self.value = 0
  self.stamp = 0
  return self
end

function Cell:addReader(reader)
  self.readers[#self.readers + 1] = reader
end

function Cell:set(value)
  if self.value == value then return end
  self.value = value
  for i = 1, #self.readers do self.readers[i]:recompute() end
end

function Cell:recompute() end

local function subclass(parent)
  local class = setmetatable({}, { __index = parent })
  class.__index = class
  return class
end

local Sum = subclass(Cell)
function Sum:init(sheet, inputs)
  Cell.init(self, sheet)
  self.inputs = inputs
  for i = 1, #inputs do inputs[i]:addReader(self) end
  self:recompute()
  return self
end

function Sum:recompute()
  local total = 0
  local inputs = self.inputs
  for i = 1, #inputs do total = total + inputs[i].value end
  self.sheet.evaluations = self.sheet.evaluations + 1
  self:set(total % 65536)
end

local Scale = subclass(Cell)
function Scale:init(sheet, input, factor, offset)
  Cell.init(self, sheet)
  self.input, self.factor, self.offset = input, factor, offset
  input:addReader(self)
  self:recompute()
  return self
end

function Scale:recompute()
  self.sheet.evaluations = self.sheet.evaluations + 1
  self:set((self.input.value * self.factor + self.offset) % 65536)
end

local function new(class, ...)
  return setmetatable({}, class):init(...)
end

local sheet = { evaluations = 0 }
local inputs, row = {}, {}
for i = 1, 16 do
  inputs[i] = new(Cell, sheet)
  row[i] = inputs[i]
end
for depth = 1, 4 do
  local nextRow = {}
  for i = 1, #row / 2 do
    local left = new(Scale, sheet, row[2 * i - 1], depth + i, i)
    nextRow[i] = new(Sum, sheet, { left, row[2 * i], left })
  end
  row = nextRow
end

local checksum = 0
for i = 1, n do
  inputs[i % 16 + 1]:set(i * 37 % 4096)
  checksum = (checksum * 31 + row[1].value) % 1000000007
end
print(string.format("spreadsheet %d %d %d", n, sheet.evaluations, checksum))
