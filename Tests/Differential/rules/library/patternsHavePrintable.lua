-- `%g` is the class of printable characters.
print(("a g"):gsub("%g", "."), ("\1G"):gsub("%G", "."))
