-- Negative zero through operators, formats, tables and functions.
local z, n = 0.0, -0.0
print(z == n, z < n, z > n, 1 / z, 1 / n, tostring(n), n .. "", ("%g %f %d"):format(n, n, n), n + 0,
  n + 0.0, n - 0.0, 0 - n, -n, n * 1, n * -1, n // 1, n % 1, n ^ 1)
print(-0, 0 * -1, -(0), 0.0 * -1, -0.0 == 0, math.max(z, n), math.min(n, z), math.abs(n),
  math.floor(n), math.ceil(-0.5), math.sqrt(n), math.fmod(n, 1), math.fmod(-1, 1), math.fmod(-1.0,
  1), -1 % 1, -1.0 % 1, 5.0 % -5, 0.0 // -1, 0 // -1)
local t = {[n] = "key"}
print(t[0], t[0.0], next(t))
print(tonumber("-0"), tonumber("-0.0"), tonumber("0x-0") , tonumber("-0x0"), 1 / tonumber("-0.0"),
  math.tointeger(n), n | 0, ("%a"):format(n), rawequal(z, n), #{n})
for i = n, 0 do io.write(tostring(i), " ") end
for i = -0.0, -1, -1 do io.write(tostring(i), " ") end
print(string.pack(">d", n) == string.pack(">d", z), string.unpack("<d", string.pack("<d", n)))
local function id(x) return x end
print(1 / id(-0.0), 1 / -id(0.0), 1 / (id(0.0) * id(-1)), load("return 1/-0.0")(),
  load("return 1/(0.0)")(), 1 / (-0.0 + -0.0), 1 / (0.0 - 0.0), math.atan(0.0, -1) > 3,
  math.atan(-0.0, -1) < -3, string.format("%q", -0.0))
print(({0.0, -0.0})[2], table.concat({n, z}, " "), select(2, math.modf(-3.0)), math.modf(-0.5))
