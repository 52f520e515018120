-- string.find with plain search, init positions and empty patterns.
local s = "hello world, hello lua"
print(s:find("hello"), s:find("hello", 2), s:find("nothing"))
print(s:find("o w"), s:find("", 1), s:find("", 5), s:find("", #s + 1), s:find("", #s + 2))
print((""):find(""), (""):find("x"), (""):find("", 2))
print(s:find("l", -3), s:find("l", -1), s:find("h", -100), s:find("hello", 100))
print(("a.b"):find(".", 1, true), ("a.b"):find(".", 3, true), ("a+b"):find("+", 1, true),
  ("%d"):find("%d", 1, true))
print(("a.b"):find(".", 1, false), ("a.b"):find(".", 1, nil), ("a.b"):find(".", 1, 0))
print(("x\0y\0z"):find("\0"), ("x\0y\0z"):find("\0", 3), ("x\0y\0z"):find("y\0z", 1, true))
print(s:find("hello", 14, true), s:find("hello", 15, true))
print(("aaa"):find("aa", 2), ("aaab"):find("ab", 1, true), ("ababac"):find("abac", 1, true))
print(s:find("l+"), s:find("(l+)"), s:find("()l"), s:find("(h)(e)(l)"))
print(pcall(string.find))
print(pcall(string.find, "a"))
print(pcall(string.find, nil, "a"))
print(pcall(string.find, "a", {}))
print(pcall(string.find, "a", "a", "x"))
print(pcall(string.find, "a", "a", 1.5))
print(string.find(12345, 34), string.find("abc", "b", "2"), ("x"):find("x", math.mininteger),
  ("x"):find("x", math.maxinteger))
print(("a\nb"):find("\n"), ("tab\there"):find("\t"), ("[x]"):find("[", 1, true), ("a-b"):find("-",
  1, true))
