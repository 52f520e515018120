-- string.unpack with positions, counts, errors and round trips.
local function u(...) print(pcall(string.unpack, ...)) end
u("<i2", "\1\2") u(">i2", "\1\2") u("<i2i2", "\1\0\255\255") u("<I2", "\255\255")
u("<i3", "\255\255\255") u("<i16", ("\255"):rep(16)) u("<I16", "\5" .. ("\0"):rep(15))
u("<i16", ("\255"):rep(8) .. ("\1"):rep(8)) u("<i9", ("\0"):rep(8) .. "\1")
u("<I9", ("\255"):rep(9)) u("<i9", ("\255"):rep(9))
u("z", "abc\0def") u("zz", "abc\0def\0") u("<s1", "\3abc") u("<s1", "\5abc")
u("<s2", "\1\0x") u("c3", "abcdef") u("c10", "abc")
u("c0", "")
u("<d", string.pack("<d", 1.25)) u("<f", string.pack("<f", -0.5))
u("<n", string.pack("<n", math.huge)) u("<j", string.pack("<j", math.mininteger))
u("<J", string.pack("<J", -1))
u("b", "") u("b", "\128", 1) u("B", "\128") u("b", "ab", 2) u("b", "ab", 3) u("b", "ab", -1)
u("b", "ab", -2) u("b", "ab", -3) u("b", "ab", 0) u("b", "ab", 4) u("", "ab", 3) u("", "ab", 4)
u("", "ab", -5)
u("<!4 b i4", "\1\0\0\0\2\0\0\0") u("<!4 i4", "\9\1\0\0\0\2\0\0\0", 2)
u("<!4 b xxx i4", "\1\0\0\0\2\0\0\0") u("<bXi4 i4", "\1\0\0\0\2\0\0\0")
u("<!bXi4 i4", "\1\0\0\0\2\0\0\0") u("x", "") u("xb", "\1\2")
u("<i4", 1234) u("<i2", "x") u("i17", "") u("y", "x") u("<!3 i4", "") u("c", "x")
print(pcall(string.unpack))
print(pcall(string.unpack, "b"))
print(pcall(string.unpack, "b", {}))
print(pcall(string.unpack, "b", "x", "y"))
for _, f in ipairs { "<b", ">h", "<i3", ">i4", "<i5", ">i6", "<i7", "<j", ">i10", "<i16" } do
  for _, v in ipairs { 0, 1, -1, 100, -100 } do
    local back, pos = string.unpack(f, string.pack(f, v))
    assert(back == v and pos == string.packsize(f) + 1)
  end
end
local a, b, c, d, e, pos = string.unpack("<z s1 i3 d B", string.pack("<z s1 i3 d B", "zero",
  "counted", -70000, 0.1, 200))
print(a, b, c, d, e, pos)
