-- Methods, and objects of several classes behind one method.
local Spring = {}
Spring.__index = Spring
function Spring:pull(at) return (self.center - at) * self.strength end

local Wind = {}
Wind.__index = Wind
function Wind:pull() return self.speed end

local Particle = {}
Particle.__index = Particle
function Particle.new(at) return setmetatable({ at = at, speed = 0 }, Particle) end
function Particle:push(force, dt) self.speed = self.speed + force * dt end
function Particle:move_on(dt) self.at = self.at + self.speed * dt end
function Particle:place() return self.at end

local function step(particles, forces, dt)
  for i = 1, #particles do
    local particle = particles[i]
    for j = 1, #forces do
      particle:push(forces[j]:pull(particle:place()), dt)
    end
    particle:move_on(dt)
  end
end

local particles = {}
for i = 1, 100 do particles[#particles + 1] = Particle.new(i) end
local forces = {
  setmetatable({ center = 50, strength = 2 }, Spring),
  setmetatable({ speed = 0.5 }, Wind),
  setmetatable({ center = 10, strength = 1 }, Spring),
}
for _ = 1, 5000 do step(particles, forces, 0.001) end
local sum = 0
for i = 1, #particles do sum = sum + particles[i]:place() end
print(string.format("%.14g", math.floor(sum)))
