-- floor, ceil, truncation, modf and rounding to even over signs and sizes.
for _, v in ipairs {0, 0.5, 1.5, 2.5, -0.5, -1.5, 1e10 + 0.5, 2^52 + 0.5, 2^53, 2^62, 2^63, -2^63,
  1e300, 7, -7} do
  print(v, math.floor(v), math.ceil(v), (math.modf(v)), select(2, math.modf(v)), v // 1,
    ("%.0f"):format(v), math.tointeger(v))
end
local function trunc(x) return x >= 0 and math.floor(x) or math.ceil(x) end
local function half_even(x)
  local f = math.floor(x)
  local d = x - f
  if d > 0.5 or d == 0.5 and f % 2 == 1 then f = f + 1 end
  return f
end
for _, v in ipairs {0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994, 2.675 * 100} do
  io.write(trunc(v), ":", half_even(v), ":", math.floor(v + 0.5), " ")
end
print()
print(math.type(math.floor(2.0)), math.type(math.floor(2^70)), math.type(math.ceil(-2^70)),
  math.floor(5), math.floor("7.9"), math.ceil("-7.9"), 7 // 2, -7 // 2, 7.5 // 2, -7.5 // 2,
  7 % 2.5, -7 % 2.5)
for d = 0, 5 do
  io.write(("%." .. d .. "f "):format(2 / 3), ("%." .. d .. "g "):format(2000 / 3))
end
print()
print(0.1 + 0.2 == 0.3, math.abs(0.1 + 0.2 - 0.3) < 1e-15, 1e16 + 1 == 1e16, 2^53 + 1.0 == 2^53,
  1 - 0.9 == 0.1, 0.1 * 3, 1 / 3 * 3 == 1, 1e308 * 10 == math.huge, -1e308 * 10 == -math.huge,
  5e-324 / 2 == 0, 3 * 1.1)
