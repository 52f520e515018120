-- string.packsize of all formats, alignment and its errors.
local function s(f) print(f, pcall(string.packsize, f)) end
for f in ("b B h H i I l L j J T f d n i1 i2 i3 i7 i8 i16 I5 c0 c10 x xx < > = ! !1 !2 !4 !8 !16"):gmatch("%S+") do
  s(f)
end
for _, f in ipairs { "", " ", "bh", "!bh", "!bi", "!bj", "!bd", "!hbi", "!2bi", "!4bj", "!8bj", "!1bj", "bXi", "!bXi", "!bXj", "!8bXi16", "!16bXi16", "c3!i", "!c3i", "!bbbbbbbj", "!i3b",
    "!4i8b", "xxb", "b x h", "<b>h=i", "!dbd", "!bfb", "i16!16i16", "z", "s", "s4", "bz", "X", "Xz", "Xc1", "i0", "i17", "!17", "!0", "c", "q", "%", "!3", "!3i3", "!3b", "c200000000", "c0c0c0" } do s(f) end
print(pcall(string.packsize))
print(pcall(string.packsize, {}))
print(pcall(string.packsize, 5))
print(string.packsize("c100000000"))
for _, f in ipairs { "<!4 b h i j", ">!8 b d b f", "b i3 !2 i4", "!8 b b h" } do
  local n = select(2, f:gsub("!%d", ""):gsub("%a%d?", ""))
  local args = {}
  for i = 1, n do args[i] = i end
  assert(#string.pack(f, table.unpack(args)) == string.packsize(f), f)
end
