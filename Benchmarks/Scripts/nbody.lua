-- Float fields of records: planets under gravity, stepped by the symplectic Euler method.
local n = tonumber(arg and arg[1]) or 220000
local sqrt = math.sqrt

local function body(mass, x, y, z, vx, vy, vz)
  return { mass = mass, x = x, y = y, z = z, vx = vx, vy = vy, vz = vz }
end

-- A star and four planets in made-up units; momentum is not balanced on purpose.
local bodies = {
  body(40.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
  body(0.04, 5.0, 0.0, -0.1, 0.0, 2.7, 0.1),
  body(0.011, -8.2, 4.0, 0.2, -1.1, -1.6, 0.0),
  body(0.0018, 12.5, -15.0, -0.3, 1.1, 0.9, -0.05),
  body(0.0021, 15.0, -25.5, 0.2, 0.9, 0.6, 0.04),
}

local function energy()
  local e = 0.0
  for i = 1, #bodies do
    local a = bodies[i]
    e = e + 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz)
    for j = i + 1, #bodies do
      local b = bodies[j]
      local dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
      e = e - a.mass * b.mass / sqrt(dx * dx + dy * dy + dz * dz)
    end
  end
  return e
end

local function advance(dt)
  local count = #bodies
  for i = 1, count do
    local a = bodies[i]
    local ax, ay, az, am = a.x, a.y, a.z, a.mass
    local vx, vy, vz = a.vx, a.vy, a.vz
    for j = i + 1, count do
      local b = bodies[j]
      local dx, dy, dz = ax - b.x, ay - b.y, az - b.z
      local d2 = dx * dx + dy * dy + dz * dz
      local pull = dt / (d2 * sqrt(d2))
      local bm = b.mass * pull
      vx = vx - dx * bm
      vy = vy - dy * bm
      vz = vz - dz * bm
      bm = am * pull
      b.vx = b.vx + dx * bm
      b.vy = b.vy + dy * bm
      b.vz = b.vz + dz * bm
    end
    a.vx, a.vy, a.vz = vx, vy, vz
    a.x = ax + dt * vx
    a.y = ay + dt * vy
    a.z = az + dt * vz
  end
end

local before = energy()
for _ = 1, n do advance(0.001) end
print(string.format("nbody %d %.6f %.6f", n, before, energy()))
