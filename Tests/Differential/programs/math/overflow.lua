-- Integer arithmetic wraps around; float conversions do not.
local max, min = math.maxinteger, math.mininteger
print(max + 1 == min, min - 1 == max, max * 2, min * 2, max * max, min * min, -min == min,
  min // -1 == min, min % -1)
print(max + 1.0, max + 1.0 == 2^63, min - 1.0, max * 1.0, max // 1.0, math.type(max + 1.0))
print(9223372036854775807, 9223372036854775808, -9223372036854775808, -9223372036854775807 - 1,
  0x7fffffffffffffff, 0xffffffffffffffff, 0x10000000000000000)
print(1e15, 1e16, 123456789012, 1234567890123456789, 12345678901234567890)
print(2^53 == 2^53 + 1, (2^53 | 0) == (2^53 | 0) + 1, 2^53 + 1 == 9007199254740993,
  9007199254740993 == 9007199254740992.0, 9007199254740993 < 9007199254740992.0,
  9007199254740993 > 9007199254740992.0)
print(max < 2^63, max <= 2^63, max == 2^63, min == -2^63, min <= -2^63, min < -2^63,
  max + 0.0 > max, max > max + 0.0, 2^63 > max, -2^63 >= min)
print(1 < 1.5, 2 > 1.5, -1 < -0.5, 1 == 1.0, math.huge > max, -math.huge < min, max < math.huge,
  min > -math.huge)
local nan = 0/0
print(nan == nan, nan < 1, nan > 1, 1 < nan, 1 <= nan, max < nan, min > nan, nan ~= nan,
  not (nan < nan))
print(5 // 2 * 2 + 5 % 2, 7 // -2 * -2 + 7 % -2, 2^31 | 0, 1 << 31, 1 << 32, 1 << 62, 1 << 63,
  1 << 64)
for i = max - 2, max do io.write(i, " ") end
for i = min + 2, min, -1 do io.write(i, " ") end
print()
