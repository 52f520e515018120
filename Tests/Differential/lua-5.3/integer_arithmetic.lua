-- Integers of 5.3: wrap-around, division, remainders, shifts and comparisons with floats.
local max, min = math.maxinteger, math.mininteger
print(max + 1 == min, min - 1 == max, max * 2, min * -1 == min, -min == min, math.abs(min), max * max, min * min)
print(7 // 2, -7 // 2, 7 // -2, -7 // -2, 7.0 // 2, -7 // 2.0, 0.0 // 1, -0.0 // 1, 1 // 0.0, -1 // 0.0, min // -1)
print(7 % 3, -7 % 3, 7 % -3, -7 % -3, 7.5 % 2, -7.5 % 2, 7 % math.huge, -7 % math.huge, min % -1, 5 % 3.0)
print(pcall(function() return 1 // 0 end)) print(pcall(function() return 1 % 0 end)) print(1 % 0.0 ~= 1 % 0.0)
print(1 << 63, 1 << 64, 1 << -1, -1 >> 1, -1 >> 63, 1 >> -3, 3 & 5, 3 | 5, 3 ~ 5, ~0, ~5, 2^53 | 0, 0xFF & "15", "3" | 4)
print(pcall(function() return 1.5 | 1 end)) print(pcall(function() return "1.5" | 1 end)) print(pcall(function() return 2^64 | 1 end)) print(pcall(function() return {} | 1 end)) print(pcall(function() return "x" | 1 end))
print(1 == 1.0, math.type(1), math.type(1.0), math.type("1"), 1 < 1.5, max < max + 0.0, max + 0.0 == 2^63, max == 2^63, min == -2^63, max <= 2^63)
print(10 / 2, 2^2, 7 // 1.0, 3 | 0, 1e15, 2^53, 1e100, 100000000000000, 1e14, -0.0, 0.0, 3.0 == 3, 5 // 0.3)
print(0x7fffffffffffffff, 0xffffffffffffffff, 0x10000000000000000, 9223372036854775807, 9223372036854775808, -9223372036854775808)
print(math.tointeger(3.0), math.tointeger(3.5), math.tointeger("8"), math.tointeger({}), math.ult(1, -1), math.ult(-1, 1), 5 // 1 | 0)
print(string.format("%d", 3.0), pcall(string.format, "%d", 3.5), pcall(string.format, "%d", "3.0"), string.format("%x %o", -1, 8))
