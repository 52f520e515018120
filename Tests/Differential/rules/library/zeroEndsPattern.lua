-- A zero byte ends a pattern.
print(("a\0b"):find("\0b"), (pcall(string.match, "a\0b", "[^\0]+")), ("a\0b"):gsub("a\0", "x") == "x" .. "b", ("a\0b"):find("%z"))
