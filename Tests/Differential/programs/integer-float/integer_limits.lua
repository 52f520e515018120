-- Literals, conversions and loops at the ends of the integer range.
local max, min = math.maxinteger, math.mininteger
print(max, min, -min, max + 1 == min, min - 1 == max, max * 2, min * 2, min // -1, min % -1,
  max // -1, -max - 1 == min, ~max == min, max ~ min, max & min, max | min, min >> 63, min >> 1,
  max << 1)
print(9223372036854775807, 9223372036854775808, -9223372036854775808, -9223372036854775809,
  0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff, 0x1ffffffffffffffff)
print(math.tointeger("9223372036854775807"), math.tointeger("9223372036854775808"),
  tonumber("-9223372036854775808"), tonumber("-9223372036854775809"),
  tonumber("0x8000000000000000"), max + 0.0 == 2^63, math.tointeger(2^63),
  math.tointeger(-2^63) == min)
for i = max - 1, max do io.write(i, " ") end
for i = min, min + 1 do io.write(i, " ") end
for i = max, max + 1 do io.write("x", i, " ") break end
for i = min + 1, min, -1 do io.write(i, " ") end
for i = 1, 0, max do end
for i = max, max, max do io.write("m ") end
for i = min, max, max do io.write(i, " ") end
print()
print(string.format("%d %x %o %i", min, min, min, max), ("%5.1f"):format(max), tostring(min),
  #tostring(max), max .. "", string.pack("<j", min):byte(1, -1))
print(max < max + 0.0, max == max + 0.0, min == min + 0.0, max - 1 < 2^63, max > 2^63 - 1024,
  math.ult(max, min), math.abs(min) == min, math.fmod(min, -1), pcall(math.fmod, min, 0))
print(pcall(string.rep, "x", max))
print(("x"):sub(min, max), ("x"):byte(max), select("#", ("x"):byte(min, max)), pcall(select, min,
  1))
print(table.unpack({}, max, max))
print(#table.pack(table.unpack({1}, 1, 1)), table.concat({}, "", max, min), pcall(table.concat, {},
  "", max, max))
