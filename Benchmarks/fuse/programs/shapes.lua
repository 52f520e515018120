-- Dynamic dispatch: shapes of several kinds in one array, through a trait.
local Circle = {}
Circle.__index = Circle
local Rectangle = {}
Rectangle.__index = Rectangle
local Triangle = {}
Triangle.__index = Triangle

function Circle:area() return math.pi * self.radius * self.radius end
function Circle:grow(by) self.radius = self.radius * by end
function Circle:name() return "circle" end

function Rectangle:area() return self.width * self.height end
function Rectangle:grow(by)
  self.width = self.width * by
  self.height = self.height * by
end
function Rectangle:name() return "rectangle" end

function Triangle:area() return self.base * self.height / 2 end
function Triangle:grow(by)
  self.base = self.base * by
  self.height = self.height * by
end
function Triangle:name() return "triangle" end

local function make(count)
  local shapes = {}
  for i = 1, count do
    local kind = i % 3
    if kind == 0 then
      shapes[#shapes + 1] = setmetatable({ radius = i % 10 + 1 }, Circle)
    elseif kind == 1 then
      shapes[#shapes + 1] = setmetatable({ width = i % 7 + 1, height = i % 5 + 1 }, Rectangle)
    else
      shapes[#shapes + 1] = setmetatable({ base = i % 9 + 1, height = i % 4 + 1 }, Triangle)
    end
  end
  return shapes
end

local function total(shapes)
  local sum = 0
  for _, shape in ipairs(shapes) do sum = sum + shape:area() end
  return sum
end

local function largest(shapes)
  local best = shapes[1]
  for _, shape in ipairs(shapes) do
    if shape:area() > best:area() then best = shape end
  end
  return best:name()
end

local shapes = make(1000)
local sum = 0
for round = 1, 400 do
  sum = sum + total(shapes)
  local by = round % 2 == 0 and 0.5 or 2
  for i = 1, #shapes do shapes[i]:grow(by) end
end
print(string.format("%.14g", math.floor(sum)), largest(shapes))
