-- Bitwise operators: signs, shifts past 64, float and string operands.
print(5 & 3, 5 | 3, 5 ~ 3, ~5, ~0, -1 & 0xff, -1 >> 60, -1 << 60, 1 << 63, 1 << 64, 1 << 100,
  1 >> 1, 1 >> -3, 1 << -1, 8 << -3, -8 >> 1 > 0)
for _, s in ipairs { 0, 1, 31, 32, 63, 64, 65, -1, -63, -64, -65, math.maxinteger, math.mininteger } do
  print(s, 1 << s, -1 << s, 1 >> s, -1 >> s, 0x7fffffffffffffff >> s, math.mininteger >> s)
end
print(5.0 & 3, 2^53 | 0, 7.0 & 3, 1 | 2 | 4, 6 ~ 3 ~ 1, ~~5, - ~5, ~-1)
print(1 | 2 ~ 3 & 4 << 1 + 1, 1 << 2 + 1, (5 & 6) == 4 and 1 or 0, 7 & 3 | 8 ~ 1)
-- precedence against comparison and concatenation
print("x" .. (1 << 2), 2 + 3 << 1, 10 - 2 >> 1, ~1 + 1, -1 >> 63 == 1)
local flags, set = 0, {[0] = 1, 5, 63, 64, -1}
for i = 0, 4 do flags = flags | 1 << set[i] end
print(flags, ("%x"):format(flags), flags & ~1, flags ~ flags)
