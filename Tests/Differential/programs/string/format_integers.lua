-- %d %i %u-less, %x %X %o %c with flags, widths and precisions.
local function f(...) print(pcall(string.format, ...)) end
for _, spec in ipairs { "%d", "%5d|", "%-5d|", "%05d|", "%+d", "% d", "%.3d", "%8.3d|", "%-8.3d|", "%+.3d", "%+08d", "%i", "%x", "%X",
    "%#x", "%#X", "%08x", "%#010x", "%o", "%#o", "%.0d", "%5.0d|", "%- 5d|", "%99d" } do
  f(spec, 42) f(spec, 0)
  if not spec:find("99") then f(spec, -7) end
end
f("%d", 3.0) f("%d", "10") f("%d", "0x10") f("%d", "3.0") f("%d", 3.5) f("%d", "3.5") f("%d", "x")
f("%d", nil) f("%d") f("%d", {})
f("%d", 2^53) f("%d", 2^63) f("%d", -2^63) f("%d", math.mininteger) f("%x", -1) f("%o", -1)
f("%X", math.mininteger)
f("%c%c%c", 76, 117, 97) f("%5c|", 65) f("%-5c|", 65) f("%c", "65") f("%c", 65.5) f("%c", 256 + 65)
print(#string.format("%c", 0), string.format("a%cb", 0) == "a\0b")
f("%d %d", 1) f("%d", 1, 2) f("%5.2s|%d", "abc", 3)
