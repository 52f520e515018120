-- Exponentiation and roots over kinds and edges.
for _, p in ipairs {{2, 10}, {2, -1}, {2, 0.5}, {0, 0}, {0, 1}, {0.0, -1}, {-2, 3}, {-2, 2}, {-8,
  1/3}, {10, 308}, {10, 309}, {1, 1e300}, {2, 62}, {2, 63}, {2, 64}, {-1, 1e15}, {math.huge, 0},
  {math.huge, -1}, {0.5, 1100}, {1.5, 2}, {9, 0.5}, {27, 1/3}} do
  local v = p[1] ^ p[2]
  print(p[1], p[2], v ~= v and "nan" or v, math.type(v))
end
print(2^2^3, (2^2)^3, -2^2, 2^-2, 4^0.5, math.sqrt(2)^2 == 2, math.sqrt(1e300), math.sqrt(4) == 2,
  10^2 == 100, 10^2 | 0, "2" ^ "3", 2 ^ 3 // 1 | 0)
local function ipow(b, e)
  local r = 1
  while e > 0 do if e % 2 == 1 then r = r * b end b, e = b * b, e // 2 end
  return r
end
print(ipow(2, 62), ipow(2, 63), ipow(2, 64), ipow(3, 39), ipow(3, 40), ipow(-2, 63), ipow(7, 0),
  ipow(10, 18), ipow(10, 19))
local function isqrt(n)
  local x = math.floor(math.sqrt(n))
  while x * x > n do x = x - 1 end
  while (x + 1) * (x + 1) <= n do x = x + 1 end
  return x
end
print(isqrt(0), isqrt(15), isqrt(16), isqrt(10^15 | 0), isqrt(999999999999))
print(("%.10f %.10f %.10f"):format(math.exp(1), math.log(2), math.log(10)), math.exp(0),
  math.log(1), math.log(8, 2), math.log(1000, 10), math.log(0.125, 2),
  ("%.12g"):format(math.log(7, 3)), math.log(0), math.log(math.huge),
  ("%.6f"):format(math.exp(math.log(5))))
print(("%.6f %.6f"):format(math.sin(math.rad(30)), math.cos(math.rad(60))),
  ("%.6f"):format(math.deg(math.atan(1, 1))), ("%.6f"):format(math.tan(math.rad(45))), math.sin(0),
  math.cos(0), math.atan(0))
