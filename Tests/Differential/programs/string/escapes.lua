-- Escape sequences and long brackets in literals.
local function bytes(s) print(#s, s:byte(1, -1)) end
bytes("\a\b\f\n\r\t\v\\\"\'") bytes("\0\1\12\123\255") bytes("\x00\x41\xfF") bytes("\z
      skipped   \z
      spaces") bytes("a\
b") bytes("\u{0}\u{41}\u{7F}\u{80}\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}") bytes("\u{200000}\u{3FFFFFF}\u{4000000}\u{7FFFFFFF}")
bytes('\'"') bytes("'\"") bytes("\0651") bytes("\10\0100") bytes([[]]) bytes([[
first newline is skipped]]) bytes([==[ ]] ]=] ]==]) bytes([[a\nb]]) bytes([[

x]])
for _, s in ipairs { [["\q"]], [["\300"]], [["\xg0"]], [["\x1"]], [["\u{110000000}"]], [["\u{}"]], [["\u41"]], [["\u{41"]], [["unfinished]], "'new\nline'", [["\]], "[[open", "[==[ ]=]", [["\u{80000000}"]],
    "[=x", "\"a\\z", [["\256"]], [["\x"]], [['\u{zz}']] } do
  print(s:gsub("\n", "\\n"), select(2, load("return " .. s, "=s")))
end
-- line ends in long strings and in escapes are normalised
for _, nl in ipairs { "\n", "\r", "\r\n", "\n\r" } do
  bytes(load("return [[a" .. nl .. "b]]")())
  bytes(load("return 'a\\" .. nl .. "b'")())
end
