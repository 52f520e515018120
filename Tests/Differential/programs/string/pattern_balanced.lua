-- %b and %f.
print(("(a(b)c)"):match("%b()"), ("a)(b)"):match("%b()"), ("(("):match("%b()"),
  ("())"):match("%b()"))
print(("{a{b}{c}}d"):match("%b{}"), ("<a<b>>"):match("%b<>"), ("xxx"):match("%bxx"),
  ("xyxy"):match("%bxy"), ("aabb"):match("%bab"))
print(("if (a(b)) then"):gsub("%b()", "()"), ("f(1)(2)"):gsub("%b()", ""))
print(("\"quoted\" text"):match('%b""'), ("\0x\1"):match("%b\0\1") == "\0x\1")
print(pcall(string.match, "x", "%b"))
print(pcall(string.match, "x", "%bx"))
print(("THE (quick) fox"):find("%f[%a]%a+%f[%A]"))
print(("THE (quick) fox"):gsub("%f[%a]%a+", function(w)
  return w:lower():gsub("^%l", string.upper)
end))
for w in ("foo.bar baz_1"):gmatch("%f[%w_][%w_]+%f[^%w_]") do io.write("<", w, ">") end
print()
print(("hello"):find("%f[%z]"), ("hello"):find("%f[^%z]"), (""):find("%f[%z]"),
  ("a"):find("%f[%W]"), ("1a"):find("%f[%a]"))
print(("aba"):gsub("%f[b]", "|"), ("aba"):gsub("%f[a]", "|"), ("aba"):gsub("%f[%z]", "|"))
print(("[[]]"):find("%f[[].."), ("x]y"):find("%f[]]."), ("x^y"):find("%f[%^]."))
print(pcall(string.find, "x", "%f"))
print(pcall(string.find, "x", "%fa"))
print(pcall(string.find, "x", "%f["))
print(pcall(string.find, "x", "%f[a"))
