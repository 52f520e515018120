-- Formats of text and of bytes.

local inf = 1 / 0

local function values(...)
  local list = { ... }
  return select("#", ...), function(i) return list[i] end
end

local function format(template, ...)
  local text, problem = __rt.format(template, values(...))
  return text or "error: " .. problem
end

check("format", format("%d-%5d|%-5d|%05d", 1, 22, 33, 44), "1-   22|33   |00044")
check("format", format("%s %s %s %s", 1, "a", nil, true), "1 a None true")
check("format", format("%s", 3.0), "3")
check("format", format("%5s|%-5s|%.2s|", "ab", "cd", "xyz"), "   ab|cd   |xy|")
check("format", format("%x %X %o %c", 255, 255, 8, 65), "ff FF 10 A")
check("format", format("%.2f %5.1f %e %g", 1.005, 2.25, 1000, 1e20), "1.00   2.2 1.000000e+03 1e+20")
check("format", format("%.0f %.0f %.2f %.1e", 0.5, 1.5, 1.125, 1250), "0 2 1.12 1.2e+03")
check("format", format("%f %5.1f|%-5g|%+d %+g", inf, -inf, 0 / 0, 3, inf), "inf  -inf|nan  |+3 +inf")
check("format", format("100%%"), "100%")
check("format", format("%i %u", 7, 7), "7 7")
check("format", format("%q", 'a"b\\\n\0001\0'), '"a\\"b\\\\\\\n\\0001\\0"')
check("format", format("%q %q", 0.5, false), "0.5 false")
check("format", format("%s", { 1, 2 }), "[1, 2]")
check("format", format("%d"), "error: there is no value 1")
check("format", format("%d", 1.5), "error: value 1: whole number expected, found 1.5")
check("format", format("%d", "1"), 'error: value 1: number expected, found "1"')
check("format", format("%d", inf), "error: value 1: whole number expected, found inf")
check("format", format("%x", -1), "error: value 1: number from 0 on expected, found -1")
check("format", format("%y", 1), 'error: unknown conversion "%y"')
check("format", format("%p", {}), 'error: unknown conversion "%p"')
check("format", format("%123d", 1), 'error: unknown conversion "%12"')
check("format", format("a%"), 'error: unknown conversion "%"')

check("shortest", __rt.shortest(0.1), "0.1")
check("shortest", __rt.shortest(1 / 3), "0.3333333333333333")
check("shortest", __rt.shortest(0.1 + 0.2), "0.30000000000000004")
check("shortest", __rt.shortest(5e-324), "4.9406564584125e-324")
check("shortest", __rt.shortest(-0.0), "0")
check("shortest", __rt.shortest(100), "100")
check("shortest", __rt.shortest(1e21), "1e+21")
check("hex_byte", __rt.hex_byte("\n"), "0a")

local function pack(template, ...)
  local text, problem = __rt.pack(template, values(...))
  if not text then return "error: " .. problem end
  return (string.gsub(text, ".", function(c) return string.format("%02x", string.byte(c)) end))
end

check("pack", pack("b", -1), "ff")
check("pack", pack("<i4", 1), "01000000")
check("pack", pack(">i4", 258), "00000102")
check("pack", pack("<h", -2), "feff")
check("pack", pack("<i8", -1), "ffffffffffffffff")
check("pack", pack(">I3", 66051), "010203")
check("pack", pack("<d", 1.5), "000000000000f83f")
check("pack", pack(">f", -0.1), "bdcccccd")
check("pack", pack("<d", inf), "000000000000f07f")
check("pack", pack("<f", -inf), "000080ff")
check("pack", pack("<d", 5e-324), "0100000000000000")
check("pack", pack("<f", 1e-45), "01000000")
check("pack", pack("<f", 1e39), "0000807f")
check("pack", pack("<d", -1 / inf), "0000000000000080")
check("pack", pack("z", "ab"), "616200")
check("pack", pack("s1", "ab"), "026162")
check("pack", pack("<s2", "ab"), "02006162")
check("pack", pack("c4", "ab"), "61620000")
check("pack", pack("<bxh", 1, 2), "01000200")
check("pack", pack("<!4 b i4", 1, 2), "0100000002000000")
check("pack", pack("<!4 b Xi4", 1), "01000000")
check("pack", pack("b", 128), "error: 128 does not fit 1 bytes")
check("pack", pack("B", -1), "error: -1 does not fit 1 bytes")
check("pack", pack("b", 1.5), "error: whole number expected, found 1.5")
check("pack", pack("b", "x"), 'error: number expected, found "x"')
check("pack", pack("bb", 1), "error: there is no value 2")
check("pack", pack("z", "a\0"), "error: the text contains zeros")
check("pack", pack("c1", "ab"), "error: the text is longer than 1 bytes")
check("pack", pack("i17", 1), "error: size 17 is not among 1 to 16")
check("pack", pack("y", 1), 'error: unknown letter "y"')

local function unpack_all(template, data, at)
  local found = {}
  local done, problem = __rt.unpack_data(template, data, at or 1, function(value)
    found[#found + 1] = __rt.debug(value)
  end)
  if not done then return "error: " .. problem end
  return table.concat(found, " ")
end

local function round(template, ...)
  return unpack_all(template, (__rt.pack(template, values(...))))
end

check("unpack", round("<i4 >i4", 1, -2), "1 -2 9")
check("unpack", round("<b B h H", -1, 255, -300, 65535), "-1 255 -300 65535 7")
check("unpack", round(">j", -5), "-5 9")
check("unpack", round("<d f n", 0.1, 0.5, -2.25), "0.1 0.5 -2.25 21")
check("unpack", round(">d", 5e-324), "4.9406564584125e-324 9")
check("unpack", round("<d d d", inf, -inf, 0 / 0), "inf -inf nan 25")
check("unpack", round("z s1 c3", "a", "bc", "def"), '"a" "bc" "def" 9')
check("unpack", round("<!8 b d", 1, 2), "1 2 17")
check("unpack", unpack_all("<h", "\1\0\2\0", 3), "2 5")
check("unpack", unpack_all("b", "ab", -1), "98 3")
check("unpack", unpack_all("i4", "abc"), "error: the data is too short")
check("unpack", unpack_all("z", "abc"), "error: the text does not end")
check("unpack", unpack_all("b", "a", 5), "error: the place is outside the data")
