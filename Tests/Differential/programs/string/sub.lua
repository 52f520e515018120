-- string.sub over the whole grid of positions.
local s = "abcde"
for i = -7, 7 do
  local row = {}
  for j = -7, 7 do row[#row + 1] = "[" .. s:sub(i, j) .. "]" end
  print(i, table.concat(row))
end
print(s:sub(2), s:sub(-2), s:sub(0), s:sub(6) == "")
print(s:sub(math.mininteger, math.maxinteger), s:sub(math.maxinteger, math.mininteger) == "")
print(s:sub(math.mininteger, -2), s:sub(3, math.maxinteger))
print(s:sub("2", "3"), s:sub(2.0, 3.0))
print(pcall(string.sub))
print(pcall(string.sub, "x"))
print(pcall(string.sub, "x", 1.5))
print(pcall(string.sub, "x", "a"))
print(pcall(string.sub, nil, 1))
print(string.sub(12345, 2, 3), string.sub(1.5, 2))
print(("a\0b\0c"):sub(2, 4):byte(1, -1))
