-- len, reverse, upper, lower on bytes, numbers and empty texts.
print(("abc"):len(), (""):len(), ("a\0b"):len(), string.len(12345), string.len(1.5))
print(("abc"):reverse(), (""):reverse() == "", ("a\0b"):reverse():byte(1, -1))
print(("Hello World 123 !@#"):upper(), ("Hello World 123 !@#"):lower())
print(("\xe4\xc4"):upper() == "\xe4\xc4", ("\xe4\xc4"):lower() == "\xe4\xc4")
for i = 0, 255 do
  local c = string.char(i)
  local u, l = c:upper(), c:lower()
  if u ~= c then io.write(c, u, " ") end
  if l ~= c then io.write(c, l, " ") end
  assert(#u == 1 and #l == 1)
end
print()
for _, f in ipairs { "len", "reverse", "upper", "lower" } do
  if f ~= "len" then print(pcall(string[f])) end
  print(pcall(string[f], nil))
  print(pcall(string[f], {}))
  print(pcall(string[f], true))
  print(string[f](12))
end
local long = ("abc"):rep(1000)
print(#long:reverse(), long:reverse():sub(1, 6), long:upper():sub(-3),
  long:reverse():reverse() == long)
