-- `utf8.offset` returns the end of the character, too.
print(select("#", (utf8 and utf8.offset or function() end)("abc", 2)))
