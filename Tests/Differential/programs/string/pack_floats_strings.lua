-- Float, string, zero-terminated and padding formats.
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
local function p(...)
  local ok, r = pcall(string.pack, ...)
  print((...), ok, ok and hex(r) or r)
end
p("<f", 1.5) p(">f", 1.5) p("<d", 1.5) p(">d", 1.5) p("<n", -0.0) p(">d", math.huge) p("<f", 1e300) p("<f", 0.1) p("<d", 3) p("<d", "x") p("<d")
p("z", "abc") p("z", "") p("z", "a\0b") p("<s", "hi") p("<s1", "hi") p("<s2", "hi") p(">s4", "hi") p("<s16", "x") p("s1", ("x"):rep(256))
p("<s0", "x") p("<s17", "x") p("c5", "abc") p("c3", "abc") p("c2", "abc") p("c0", "") p("c", "x") p("c0", "x") p("c-1", "")
p("x") p("xxx") p("bxb", 1, 2) p("<bi4", 1, 2) p("<!bi4", 1, 2) p("<!4bi4", 1, 2) p("<!2bi4", 1, 2) p("<!bhilj", 1, 2, 3, 4, 5) p("<!8bXi8", 1) p("<!4bXi8b", 1, 2)
p("<!bXd", 1) p("<bXX", 1) p("X") p("Xz") p("Xx") p("<!3i3", 1) p("!17") p("!0") p("<!16bi16", 1, 2) p("<!bi3", 1, 2) p("<!4 b Xh i4", 1, 2)
p("y", 1) p("<i4 y", 1) p("b ", 1) p("  ", 1) p("", 1) p("z", 5) p("s1", {}) p("z") p("c2") p("f", {})
print(pcall(string.pack)) print(pcall(string.pack, {})) print(#string.pack("!8 b d", 1, 2), #string.pack("!8 b Xd d", 1, 2))
