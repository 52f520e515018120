-- Hexadecimal floats and numerals of every form.
print(0x10, 0xA.8, 0x.8, 0x1p4, 0x1P-2, 0xA.8p1, 0xffffffffffffffff, 0x1p-1074)
print(3, 3.0, 3.1416, 314.16e-2, 0.31416E1, .5, 5., 0x0p1, 1e2, 1E+2, 1e-2)
for _, s in ipairs {"0x10", "0xA.8", "0x1p4", "1e1", " 12 ", "\t5\n", "0x", "1e", "1 2", "", " ", "0x1p",
  "inf", "nan", "1e400", "-1e400", "-0x10", "- 1", "+5", "--5", "0b1", "1_000", "5.", ".5", ".", "0x.p1",
  "1e5 ", "0x1.8p3", "1.5e+3", "99999999999999999999", "0xfffffffffffffffff"} do
  io.write(("%q"):format(s), "=", tostring(tonumber(s)), " ")
end
print()
for _, a in ipairs {{"ff", 16}, {"FF", 16}, {"zz", 36}, {"102", 3}, {"8", 8}, {"-ff", 16}, {" 11 ", 2},
  {"7", 7}, {"", 10}, {"1.5", 10}, {"1e1", 16}, {"0x1f", 16}, {"777", 8}, {"1", 36}} do
  io.write(tostring(tonumber(a[1], a[2])), " ")
end
print()
local function try(...) local a = table.pack(...) print(pcall(function() return tonumber(table.unpack(a, 1, a.n)) end)) end
try("10", 1) try("10", 37) try({}, 10) try(10, 16) try()
print(2^53 == 2^53 + 1, 1e15, 1e14, 123456789012345, 0.1 + 0.2, 100 / 3, 1e300 * 1e10, -1e300 * 1e10)
