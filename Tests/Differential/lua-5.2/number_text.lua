-- How numbers become text and text becomes numbers where all numbers are floats.
for _, n in ipairs {0, 1, -1, 10, 100000000000000, 1e14, 1e15, 1e16, 123456789012345, 0.1, 1/3, 2/3, 1e-5,
  123.456, 1e100, 2^31, 2^32, 2^53, -2^53, 2^63, 1e-300, 5e-324, 3.14159265358979, 99999999999999.9} do
  io.write(tostring(n), " ", n .. "", " ", ("%s"):format(n), "\n")
end
print(1e15 + 0.5, 2^53 + 1, 0x7fffffff + 1, 1e308 * 10, -1e308 * 10)
local t = {}
t[1] = "a" t[1.0] = "b" t[2^53] = "big" t["1"] = "string"
print(#t, t[1], t["1"], t[2^53], next({[3.0] = 1}))
for k in pairs {[1.5] = 1} do print(k) end
for i = 1, 3 do io.write(i, " ") end for i = 1, 2, 0.5 do io.write(i, " ") end
for i = 3, 1, -1 do io.write(i, " ") end print()
print(10 == "10", 0 == -0, "1" + 1, "0x1F" + 0, "  3  " * 2, 10 .. 5, #tostring(12345.678))
print(tostring(-0.0) == "-0" or tostring(-0.0), 1 / -0.0 == -math.huge, 3 == 3.0, math.floor(3.0))
print(select("#", table.unpack({1, 2, nil, 4}, 1, 4)), ("x"):rep(3.7), ("abc"):sub(1.2, 2.9))
print(string.format("%d %5.1f %g %s", 3, 3, 3, 3), string.format("%d", "10"), string.format("%i", 7.0))
