-- string.pack of 5.3: sizes, alignment, byte orders and failures.
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
for _, a in ipairs {{"b", -1}, {"B", 255}, {"<h", 258}, {">h", 258}, {"<i3", -2}, {">I5", 1}, {"<j", -1}, {"<f", 1.5}, {">d", -2}, {"z", "abc"}, {"s1", "xy"}, {"<s2", "q"}, {"c5", "ab"}, {"!4<i1i4", 1, 2}, {"<!8 b Xd d", 1, 2.0}, {"<i16", -3}, {"xbx", 7}} do
  local s = string.pack(table.unpack(a))
  print(a[1], hex(s), #s, string.unpack(a[1], s))
end
for _, a in ipairs {{"b", 128}, {"B", -1}, {"i2", 40000}, {"I1", 256}, {"z", "a\0b"}, {"s1", ("x"):rep(300)}, {"c2", "abc"}, {"i17", 1}, {"!3i4", 1}, {"q", 1}, {"i", 1.5}, {"i", "x"}, {"X", 1}, {"Xz", 1}} do
  print(a[1], pcall(string.pack, table.unpack(a)))
end
print(string.packsize("<i4i8"), string.packsize("<!8i4i8"), string.packsize("b!2Xh"), pcall(string.packsize, "s"), pcall(string.packsize, "z"))
print(string.unpack("<i2", "\1\0\2\0", 3), pcall(string.unpack, "<i4", "abc"), pcall(string.unpack, "<i2", "ab", 4), pcall(string.unpack, "<i9", ("\255"):rep(8) .. "\1"))
