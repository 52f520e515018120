-- Positions outside of the string.
-- expect: finished true
for _, p in ipairs({0, -1, -100, 100, math.mininteger, math.maxinteger, 2^53}) do
  pcall(string.unpack, "i4", "xxxx", p)
  pcall(string.byte, "xxxx", p, -p)
  pcall(string.sub, "xxxx", p, math.maxinteger)
  pcall(utf8.codepoint, "xxxx", p, -p)
  pcall(utf8.offset, "xxxx", p, p)
  pcall(string.find, "xxxx", "x", p)
end
return true
