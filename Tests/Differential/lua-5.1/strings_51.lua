-- Strings of 5.1: gfind, %z, patterns with zero bytes, format and escapes.
for w in string.gfind("one two", "%a+") do io.write(w, ";") end print()
print(("a\0b"):find("%z"), #("a\0b"):gsub("%z", ""), ("x"):rep(3, ","))
print(pcall(string.format, "%s", nil)) print(pcall(string.format, "%s", {})) print(string.format("%s %d %5.1f %x %c %q", "s", 3.7, 2.25, 255, 65, "a\nb\0c\"\r"))
print(("\q\w"), "\65\066\7" == "AB\a", "line\
break", #[[
first]])
print(pcall(string.gsub, "abc", "b", "%2")) print(("abc"):gsub("b", "%x")) print(("hello world"):gsub("o", "0", 1)) print(("abc"):gsub("%w", "%0%0"))
print(("THE (quick) fox"):find("%((%a+)%)")) print(("  trim  "):match("^%s*(.-)%s*$")) print(string.find("abc", "b", 1, true))
print(math.mod(7, 3), math.mod(-7, 3), math.fmod(7, -3), 7 % -3, math.log10(1000), math.pow(2, 8), math.ldexp(1, 4))
print(tostring(1e15), 2^53, 1e100, 123456789012345678, 0.1, -1 / 0, tostring(0/0):gsub("-", ""))
print(#arg, ("%5s|%-5s|"):format("ab", "cd"), ("x"):byte(10), ("abc"):sub(-2), ("%g"):format(1e20), ("%i"):format(42))
print(loadstring("return 0x10, 1e2, .5, 3.")()) print(tonumber("0x1F"), tonumber("1e1"), tonumber(" 10 "), tonumber("10", 2), tonumber("zz", 36), tonumber("inf") ~= nil)
print(loadstring("x = 'a\\xb'") ~= nil, loadstring("goto = 1") ~= nil, loadstring("x = 1;;") == nil, loadstring("return 5 // 2"))
