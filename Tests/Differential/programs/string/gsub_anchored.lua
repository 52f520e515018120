-- Anchors, empty matches and how gsub advances.
local function show(s, p, r, n) print(string.format("%q %q -> %q %d", s, p, s:gsub(p, r, n))) end
show("aaa", "^a", "b") show("aaa", "^a*", "b") show("aaa", "a*", "b") show("baac", "a*", "-")
show("abc", "b*", "-") show("", "^", "x") show("", "$", "x") show("abc", "^x*", "-")
show("a,b,,c", ",", ";") show("a,b,,c", ",?", "-") show("a b c", "%s*", "_")
show("abc", "%w?", "<%0>")
show("hello world", "o*", "0") show("x  y", " ?", ".") show("aXbX", "X$", "!") show("$$", "%$", "S")
show("line1\nline2", "\n", "\\n") show("^^", "^^", "x") show("a^", "a^", "x") show("abc", ".-", "x")
show("abc", "(.-)c", "[%1]") show("aabb", "(a*)(b*)", "%2%1") show("abcd", "..", "%0.", 1)
show("abcd", "()..()", "%1-%2;")
-- repeated substitution to a fixed point
local s, n = "((((x))))", 0
repeat
  local k
  s, k = s:gsub("%((%w+)%)", "%1")
  n = n + k
until k == 0
print(s, n)
-- classic uses
print(("%s"):gsub("%%s", "%%d"), ("path/to/file"):gsub("/", "\\"), ("CamelCaseName"):gsub("(%u)",
  " %1"), ("snake_case_name"):gsub("_(%l)", function(c) return c:upper() end))
print(("%20hello%21"):gsub("%%(%x%x)", function(h) return string.char(tonumber(h, 16)) end))
print(("hello there!"):gsub("[^%w]", function(c) return ("%%%02X"):format(c:byte()) end))
print(("1234567"):reverse():gsub("(%d%d%d)", "%1,"):reverse())
