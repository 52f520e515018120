-- Numerals in source: decimal, hexadecimal, floats of both kinds.
print(3, 3.0, 3.1416, 314.16e-2, 0.31416E1, 34e1, 0xff, 0x0.1E, 0xA23p-4, 0X1.921FB54442D18P+1, .5,
  5., 0x.8, 0x8., 1e+5, 1E-5)
print(0xffffffffffffffff, 0x7fffffffffffffff, 0xfffffffffffffffff, 0x1p63, 0x1p64,
  0x.0000000000001p52, 1e400, -1e400, 1e-400, 4.9e-324)
print(00012, 0x00012, 1e00002, 0e5, 0x0p5, 10e0, 0xep1, 0xe+1, 0xe-1, 9007199254740993,
  9007199254740993.0)
for _, s in ipairs { "3x", "0x", "0xg", "1e", "1e+", "1.2.3", "0x1p", "0x1pa", "1..2", "3_000", "0b1", "1e5.5", "0x1.8p1.5", "08a", "1ea", "..1", "5.e", "0xp1", "1 2" } do
  print(s, load("return " .. s, "=n"))
end
local function value(text) return load("return " .. text)() end
print(value("0x10"), value("1e1"), math.type(value("10")), math.type(value("1e1")),
  math.type(value("0x1p4")))
-- a space keeps a number and the dots apart
print(1 ..2, 1. ..2, 0x1 ..2, 2 ^ -1, - 2 ^ 2, 2 ^ 3 ^ 2, -3 % 5, (-3) % 5, - -3, not not nil)
print(1e1, 1e2 // 1, 100 // 1e0, 1e15 + 0.5, 123456.789e3, 1 / 3, 100 / 3, 2 / 3 * 3 == 2,
  0.1 + 0.2, 0.1 + 0.2 == 0.3, 1e16 + 1)
