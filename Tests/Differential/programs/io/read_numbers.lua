-- Reading numbers in all notations, with what is left behind after failures.
local f = io.tmpfile()
local function feed(s) f:close() f = io.tmpfile() f:write(s) f:seek("set") return f end
for _, s in ipairs {"12", " 12 ", "-5", "+7", "0x1F", "-0xA", "3.25", ".5", "5.", "1e3", "1E-2",
  "0x.8", "0x1p4", "0x1P-1", "1e", "1e+", "0x", "0xg", "--1", "abc", "", "  ", "12abc", "1.2.3",
  "1,2", "- 1", "inf", "nan", "1e400", "9223372036854775807", "9223372036854775808",
  "-9223372036854775808", "00012", ("1"):rep(50), ("1"):rep(250)} do
  feed(s)
  local v = f:read("n")
  print(("%q"):format(s:sub(1, 20)), v, math.type(v), ("%q"):format(f:read("a")))
end
feed("1 2\n3\t4 x 5")
print(f:read("n", "n", "n", "n", "n", "n"))
feed("10 20 30")
local s = 0
for n in f:lines("n") do s = s + n end
print(s)
feed("1\n2\nend")
print(f:read("n", "l", "n", "L", "a"))
f:close()
