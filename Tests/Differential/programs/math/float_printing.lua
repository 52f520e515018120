-- Floats print with fourteen digits and look like floats.
for _, v in ipairs { 1.0, -1.0, 0.1, 1/3, 2/3, 100.0, 1e14, 1e15, 1e16, 123456789012345.0, 1234567890123456.0, 1e-4, 1e-5, 0.00012345, 3.14159265358979, 1e100, 1.5e300, 5e-324, 2^53, 2^63, 2^64,
    -2^63, 0.1 + 0.2, 1 - 0.9, 99999999999999.9, 999999999999999.9, 1e21, 123e-7, 12345.678, 1.10, 1e0, -0.0 } do
  io.write(tostring(v), " ", v, " ", ("%.17g"):format(v), "\n")
end
-- sums and products stay floats however whole they are
local sum = 0
for i = 1, 10 do sum = sum + i / 2 end
print(sum, sum * 2, sum // 1, sum - sum, sum == 27.5, 2 * 0.5, 10 / 2)
print(3 | 0, 3.0, 6 / 2, 7 // 2, 7 // 2.0, 2^2, 10 // 3.0, 7 % 2.0, 1e3, 1000 * 1.0, 5 - 5.0, -0.0,
  0.0 * -1, 0 * -1)
print(math.huge, -math.huge, 1 / 0, -1 / 0, 1e308 * 10, math.huge // 1,
  math.huge % 2 ~= math.huge % 2)
print(string.format("%d", 3.0), string.format("%s", 3.0), 3.0 .. "", #tostring(1/3), tostring(1e15),
  tostring(-1e15), 1e15 .. "|" .. 10 // 1)
