-- utf8 of 5.3: code points up to 10FFFF, surrogates, and positions.
local s = "aé€😀z"
print(utf8.len(s), utf8.codepoint(s, 1, -1)) print(utf8.offset(s, 3), utf8.offset(s, -1), utf8.offset(s, 0, 3), utf8.offset(s, 6), utf8.offset(s, 7))
for p, c in utf8.codes(s) do io.write(p, ":", c, " ") end print()
for c in s:gmatch(utf8.charpattern) do io.write("<", c, ">") end print()
print(utf8.len("\xff"), utf8.len("a\x80"), utf8.len(s, 2, 3), utf8.len("\xed\xa0\x80"), utf8.len("\xf4\x90\x80\x80"), utf8.len("\xc0\x80"))
local function e(f, ...) print((select(2, pcall(f, ...)))) end
e(utf8.char, -1) e(utf8.char, 0x110000) e(utf8.codepoint, "abc", 4) e(utf8.codepoint, "\xff") e(utf8.len, "abc", 5) e(utf8.offset, "aé", 1, 3) e(function() for _ in utf8.codes("a\xff") do end end) e(utf8.codepoint, "abc", 0)
print("\u{48}\u{20AC}\u{10FFFF}" == utf8.char(0x48, 0x20AC, 0x10FFFF), load("return '\\u{110000}'")) print(utf8.char(), utf8.char(0), #utf8.char(0x7FF, 0x800, 0xFFFF, 0x10000))
