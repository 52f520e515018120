-- Structs of numbers: the planets on their ways.
local sqrt = math.sqrt
local SOLAR_MASS = 4 * 3.141592653589793 ^ 2
local DAYS = 365.24

local function planets()
  return {
    { x = 0, y = 0, z = 0, vx = 0, vy = 0, vz = 0, mass = SOLAR_MASS },
    {
      x = 4.84143144246472090,
      y = -1.16032004402742839,
      z = -0.103622044471123109,
      vx = 0.00166007664274403694 * DAYS,
      vy = 0.00769901118419740425 * DAYS,
      vz = -0.0000690460016972063023 * DAYS,
      mass = 0.000954791938424326609 * SOLAR_MASS,
    },
    {
      x = 8.34336671824457987,
      y = 4.12479856412430479,
      z = -0.403523417114321381,
      vx = -0.00276742510726411 * DAYS,
      vy = 0.00499852801234917238 * DAYS,
      vz = 0.0000230417297573763929 * DAYS,
      mass = 0.000285885980666130812 * SOLAR_MASS,
    },
  }
end

local function advance(bodies, dt)
  local count = #bodies
  for i = 1, count do
    local a = bodies[i]
    for j = i + 1, count do
      local b = bodies[j]
      local dx = a.x - b.x
      local dy = a.y - b.y
      local dz = a.z - b.z
      local square = dx * dx + dy * dy + dz * dz
      local force = dt / (square * sqrt(square))
      a.vx = a.vx - dx * b.mass * force
      a.vy = a.vy - dy * b.mass * force
      a.vz = a.vz - dz * b.mass * force
      b.vx = b.vx + dx * a.mass * force
      b.vy = b.vy + dy * a.mass * force
      b.vz = b.vz + dz * a.mass * force
    end
  end
  for i = 1, count do
    local body = bodies[i]
    body.x = body.x + dt * body.vx
    body.y = body.y + dt * body.vy
    body.z = body.z + dt * body.vz
  end
end

local function energy(bodies)
  local sum = 0
  for i = 1, #bodies do
    local a = bodies[i]
    sum = sum + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx = a.x - b.x
      local dy = a.y - b.y
      local dz = a.z - b.z
      sum = sum - a.mass * b.mass / sqrt(dx * dx + dy * dy + dz * dz)
    end
  end
  return sum
end

local bodies = planets()
for _ = 1, 300000 do advance(bodies, 0.01) end
print(string.format("%.14g", math.floor(energy(bodies) * 1e9)))
