-- Polymorphic method calls: areas and moves of shapes of four classes with inheritance.
local n = tonumber(arg and arg[1]) or 220000

local Shape = {}
Shape.__index = Shape

function Shape:place(x, y)
  self.x, self.y = x, y
  return self
end

function Shape:move(dx, dy)
  self.x = self.x + dx
  self.y = self.y + dy
end

function Shape:weight()
  return self:area() * self:density()
end

function Shape:density() return 1.0 end

local function class(name)
  local c = setmetatable({ name = name }, Shape)
  c.__index = c
  return c
end

local Circle, Square = class("circle"), class("square")
local Triangle, Ring = class("triangle"), class("ring")

function Circle.new(r) return setmetatable({ r = r }, Circle) end
function Circle:area() return 3.140625 * self.r * self.r end

function Square.new(side) return setmetatable({ side = side }, Square) end
function Square:area() return self.side * self.side end
function Square:density() return 0.5 end

function Triangle.new(base, height)
  return setmetatable({ base = base, height = height }, Triangle)
end
function Triangle:area() return 0.5 * self.base * self.height end

function Ring.new(outer, inner) return setmetatable({ outer = outer, inner = inner }, Ring) end
function Ring:area() return 3.140625 * (self.outer * self.outer - self.inner * self.inner) end
function Ring:density() return 2.0 end

local shapes = {}
for i = 1, 40 do
  local kind = i % 4
  local shape
  if kind == 0 then shape = Circle.new(i)
  elseif kind == 1 then shape = Square.new(i)
  elseif kind == 2 then shape = Triangle.new(i, i + 1)
  else shape = Ring.new(i + 2, i) end
  shapes[i] = shape:place(i, -i)
end

local total = 0.0
for round = 1, n do
  local heaviest, weight = nil, -1.0
  for i = 1, 8 do
    local shape = shapes[(round + i * 5) % 40 + 1]
    shape:move(1, 0.5)
    local w = shape:weight()
    if w > weight then heaviest, weight = shape, w end
  end
  total = total + weight + #heaviest.name
end
print(string.format("shapes %d %.4f %.1f", n, total, shapes[7].x + shapes[7].y))
