-- A negative limit of `string.gsub` is none.
print(("aaa"):gsub("a", "b", -1))
print(("aaa"):gsub("a", "b", 0))
print(("aaa"):gsub("a", "b", 2))
