-- String order is by bytes, zeros and high bytes included.
local list = { "b", "a", "B", "", "a\0", "a\0b", "ab", "aa", "\xff", "\x80", "10", "9", " ", "~",
  "a b", "A", "Z", "_", "é" }
table.sort(list)
for i, s in ipairs(list) do io.write(("%q "):format(s):gsub("\xe9", "E"), "") end
print()
for i = 1, #list do for j = 1, #list do
  assert((list[i] < list[j]) == (i < j) and (list[i] <= list[j]) == (i <= j))
  assert((list[i] > list[j]) == (i > j) and (list[i] >= list[j]) == (i >= j) and
    (list[i] == list[j]) == (i == j))
end end
print("a" < "b", "a" < "a", "a" <= "a", "" < "", "" <= "", "a\0b" < "a\0c", "a\0b" == "a\0c",
  "a\0" > "a")
local long1, long2 = ("x"):rep(100) .. "a", ("x"):rep(100) .. "b"
print(long1 < long2, long1 == long2, long1 == ("x"):rep(100) .. "a", long1:sub(1,
  100) == long2:sub(1, 100))
local t = {[long1] = 1}
print(t[("x"):rep(100) .. "a"], t[long2])
print(pcall(function() return "a" < 1 end))
print(pcall(function() return 1 <= "a" end))
print(pcall(function() return "a" > {} end))
print(pcall(function() return "a" >= nil end))
print("a" ~= "a", "a" ~= "A", "1" == 1, #"\u{10FFFF}", "\u{7FFFFFFF}" == "\xFD\xBF\xBF\xBF\xBF\xBF")
