-- Arithmetic metamethods: vectors and complex numbers as operator classes.
local n = tonumber(arg and arg[1]) or 250000

local Vector = {}
Vector.__index = Vector

local function vector(x, y, z)
  return setmetatable({ x = x, y = y, z = z }, Vector)
end

Vector.__add = function(a, b) return vector(a.x + b.x, a.y + b.y, a.z + b.z) end
Vector.__sub = function(a, b) return vector(a.x - b.x, a.y - b.y, a.z - b.z) end
Vector.__unm = function(a) return vector(-a.x, -a.y, -a.z) end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y and a.z == b.z end
Vector.__lt = function(a, b) return a.y < b.y end
Vector.__mul = function(a, b)
  if type(b) == "number" then return vector(a.x * b, a.y * b, a.z * b) end
  return a.x * b.x + a.y * b.y + a.z * b.z
end

local Complex = {}
local function complex(re, im) return setmetatable({ re, im }, Complex) end
Complex.__add = function(a, b) return complex(a[1] + b[1], a[2] + b[2]) end
Complex.__mul = function(a, b)
  return complex(a[1] * b[1] - a[2] * b[2], a[1] * b[2] + a[2] * b[1])
end
Complex.__len = function(a) return a[1] * a[1] + a[2] * a[2] end
Complex.__call = function(a, scale) return a[1] * scale end

local position, velocity, gravity = vector(0, 10, 0), vector(1, 0, 0.5), vector(0, -0.125, 0)
local bounces, smaller = 0, 0
for _ = 1, n do
  velocity = velocity + gravity * 0.25
  position = position + velocity * 0.25
  if position.y < 0 then
    bounces = bounces + 1
    velocity = vector(velocity.x, -velocity.y * 0.75, velocity.z)
    position = position - vector(0, position.y, 0)
    if velocity * velocity < 2 then velocity = velocity + vector(0, 3, 0) end
  end
  if -position < velocity then smaller = smaller + 1 end
  if position == velocity then smaller = smaller + 1000 end
end

local z, c, sum = complex(0, 0), complex(-0.75, 0.125), 0.0
for i = 1, n do
  z = z * z + c
  if getmetatable(z).__len(z) > 4 then z = complex(0, i % 3 * 0.125) end
  sum = sum + z(2)
end
print(string.format("vectors %d %d %d %.4f %.4f", n, bounces, smaller, position.x, sum))
