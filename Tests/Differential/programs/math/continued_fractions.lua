-- Continued fractions, Egyptian fractions and best approximations.
local function cf(p, q)
  local o = {}
  while q ~= 0 do o[#o + 1] = p // q p, q = q, p % q end
  return o
end
print(table.concat(cf(415, 93), " "), table.concat(cf(-7, 3), " "), table.concat(cf(5, 1), " "))
local function back(t)
  local p, q = t[#t], 1
  for i = #t - 1, 1, -1 do p, q = t[i] * p + q, p end
  return p, q
end
print(back(cf(415, 93)))
print(back(cf(649, 200)))
local function real(x, n)
  local o = {}
  for i = 1, n do local f = math.floor(x) o[i] = f if x == f then break end x = 1 / (x - f) end
  return o
end
print(table.concat(real(math.pi, 5), " "), table.concat(real(2^0.5, 6), " "))
for n = 1, 5 do
  local t = real(math.pi, n)
  local p, q = back(t)
  io.write(p, "/", q, ("=%.6f "):format(p / q))
end
print()
local function egypt(p, q)
  local o = {}
  while p > 0 do
    local d = (q + p - 1) // p
    o[#o + 1] = "1/" .. d p, q = p * d - q, q * d
    local a, b = p, q
    while b ~= 0 do a, b = b, a % b end
    if a > 0 then p, q = p // a, q // a end
  end
  return table.concat(o, "+")
end
print(egypt(4, 13), egypt(1, 2), egypt(7, 15))
local function stern(x, lim)
  local a, b, c, d = 0, 1, 1, 0
  local path = {}
  while #path < lim do
    local p, q = a + c, b + d
    if x * q == p then
      break
    elseif x * q > p then
      path[#path + 1] = "R" a, b = p, q
    else
      path[#path + 1] = "L" c, d = p, q
    end
  end
  return table.concat(path)
end
print(stern(0.375, 20), stern(1, 5) == "", stern(2.5, 20))
