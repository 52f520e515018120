-- utf8.offset in both directions from every start.
local s = "aé€😀z"
for n = -6, 7 do io.write(n, "=", tostring(utf8.offset(s, n)), " ") end print()
for i = 1, #s + 1 do io.write(i, "=", tostring(utf8.offset(s, 0, i)), " ") end print()
for _, i in ipairs { 1, 2, 4, 7, 11, 12 } do
  local row = {}
  for n = -3, 3 do row[#row + 1] = tostring(utf8.offset(s, n, i)) end
  print(i, table.concat(row, " "))
end
print(pcall(utf8.offset, s, 1, 3))
print(pcall(utf8.offset, s, -1, 3))
print(pcall(utf8.offset, s, 1, 100))
print(pcall(utf8.offset, s, 1, -100))
print(pcall(utf8.offset, s))
print(pcall(utf8.offset))
print(pcall(utf8.offset, s, "x"))
print(pcall(utf8.offset, {}, 1))
print((pcall(utf8.offset, s, 1.5)))
print((utf8.offset("", 1)), utf8.offset("", 0), utf8.offset("", 2), utf8.offset("", -1),
  (utf8.offset("abc", 4)), utf8.offset("abc", 5), (utf8.offset("abc", 0, 4)),
  (utf8.offset(s, 1, #s + 1)), (utf8.offset(s, 0, -1)), (utf8.offset(s, -1, -1)))
-- substring by characters
local function sub(str, i, j)
  local a = utf8.offset(str, i)
  local b = j == -1 and #str + 1 or utf8.offset(str, j + 1)
  return str:sub(a, b - 1)
end
print(sub(s, 2, 3), sub(s, 4, 4), sub(s, 1, -1), sub(s, -2, -1))
print((utf8.offset("\x80\x80a", 1, 3)), pcall(utf8.offset, "\x80\x80a", 1))
local rev = {}
for p, c in utf8.codes(s) do table.insert(rev, 1, utf8.char(c)) end
print(table.concat(rev))
