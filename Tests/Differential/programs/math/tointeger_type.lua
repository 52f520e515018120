-- math.tointeger, math.type, math.ult and constants.
for _, v in ipairs { 3, 3.0, 3.5, "3", "3.0", "x", 2^53, 2^63, -2^63, 1e100, math.huge, -0.0, "0x10", " 7 ", "1e2" } do
  print(v, math.tointeger(v), math.type(math.tointeger(v)))
end
print(math.tointeger({}), math.tointeger(true), math.tointeger(print), math.tointeger(0/0),
  math.tointeger("9223372036854775808"))
print(pcall(math.tointeger))
print(math.tointeger(nil))
print(math.type(1), math.type(1.0), math.type("1"), math.type({}), math.type(nil), pcall(math.type))
print(math.ult(1, 2), math.ult(2, 1), math.ult(-1, 1), math.ult(1, -1), math.ult(0,
  math.mininteger), math.ult(math.maxinteger, math.mininteger), math.ult(5, 5))
print(pcall(math.ult))
print(pcall(math.ult, 1))
print(pcall(math.ult, 1.5, 2))
print(pcall(math.ult, "x", 2))
print(math.ult("1", 2.0))
print(math.maxinteger, math.mininteger, math.maxinteger + 1 == math.mininteger,
  math.mininteger - 1 == math.maxinteger)
print(math.pi, math.huge, -math.huge, math.huge == math.huge + 1,
  math.huge - math.huge ~= math.huge - math.huge)
print(math.maxinteger // 1 | 0, math.maxinteger + 0.0 == 2^63, math.mininteger + 0.0 == -2^63,
  math.maxinteger * 2, math.mininteger * 2, math.mininteger * -1, -math.mininteger)
