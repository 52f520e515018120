-- find with every init, plain and not, over a small text.
local s = "abcabc"
for _, p in ipairs {"a", "c", "bc", "", "x", "abc", "c$", "^a", "^b", ".", "b?", "()c"} do
  local row = {}
  for i = -7, 8 do
    local a, b = s:find(p, i)
    row[#row + 1] = tostring(a) .. (b and "-" .. b or "")
  end
  print(p, table.concat(row, " "))
end
for _, p in ipairs {"a", "bc", "", ".", "$"} do
  local row = {}
  for i = -7, 8 do row[#row + 1] = tostring((s:find(p, i, true))) end
  print(p, table.concat(row, " "))
end
for i = -4, 5 do
  io.write(tostring(("aXb"):match("^.", i)), " ", tostring(("aXb"):match(".$", i)), " ")
end
print()
local count = 0
local pos = 1
while true do
  local a, b = ("abababa"):find("aba", pos, true)
  if not a then break end
  count = count + 1 pos = a + 1
end
print(count, select(2, ("abababa"):gsub("aba", "")))
for i = 0, 6 do
  io.write(#(("ab"):gmatch("()", i)() and tostring(("ab"):gmatch("()", i)()) or "nil"), " ")
end
print()
