-- Integer formats of string.pack in both byte orders.
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
local function p(...)
  local ok, r = pcall(string.pack, ...)
  print((...), ok, ok and hex(r) or r)
end
for _, f in ipairs { "b", "B", "h", "H", "i", "I", "l", "L", "j", "J", "T", "i1", "i2", "i3", "i4", "i5", "i7", "i8", "i9", "i16", "I1", "I3", "I16" } do
  p("<" .. f, 5) p(">" .. f, 5) p("=" .. f, 100)
end
for _, f in ipairs { "b", "h", "i", "l", "j", "i3", "i16" } do p("<" .. f, -2) p(">" .. f, -2) end
p("b", 127) p("b", 128) p("b", -128) p("b", -129) p("B", 255) p("B", 256) p("B", -1) p("h", 32767)
p("h", 32768) p("H", 65535) p("H", 65536)
p("<i3", 8388607) p("<i3", 8388608) p("<i3", -8388608) p("<I3", 16777215) p("<I3", 16777216)
p("<j", math.mininteger) p("<J", -1) p("<I8", -1)
p("<i4", 2^31) p("<I4", 2^32 - 1) p("<I4", 2^32)
p("i0", 1) p("i17", 1) p("I0", 1) p("i99999999999", 1) p("i", "x") p("i", 1.5) p("i", "7")
p("i", 7.0) p("i") p("b", nil)
p("<i2>i2<i2", 1, 2, 3) p(">i2 i2\ti2", 1, 2, 3) p("<>", 1)
