-- Numbers as LuaJIT writes them: halves are rounded away from zero.
print(0.5, 2.5, 1e15, 1e14, 123456789012345, 1.00000000000005, -0.0 * 1, 1 / 0, -1 / 0, 2^53, 1e100, 5e-324, 0.1 + 0.2, 100 / 3)
for _, f in ipairs {"%.0f", "%.1f", "%.2f", "%.3g", "%.2e", "%5.1f|", "%-8.2f|", "%+.1f", "%05.1f"} do io.write(f:format(0.5), " ", f:format(2.25), " ", f:format(-1.125), " ", f:format(1234.5), "\n") end
print(string.format("%d %i %x %o %u %c %s %q %%", 3.7, -3.2, 255, 8, 5, 65, 1.5, "q")) print(string.format("%d", 2^53), string.format("%x", 2^40), string.format("%d", "10"))
print(tostring(0/0), tostring(-(0/0)), 0/0 ~= 0/0, math.huge, -math.huge, 7 % -3, -7 % 3, 5.5 % 2, 2^31, -2^31, 2^32) print(10 == "10", "10" + 5, "0x10" * 1, 10 .. "", tonumber("0x1p4"), tonumber("1e1"), tonumber("inf"), tonumber("nan") ~= tonumber("nan"))
for i = 1, 2, 0.25 do io.write(i, " ") end for i = 3, 1, -1 do io.write(i, " ") end print() print(math.floor(-3.5), math.ceil(-3.5), math.fmod(-7, 3), math.max(1, 2), math.abs(-0.5), math.frexp(8), math.ldexp(1, 3), math.modf(-3.7))
