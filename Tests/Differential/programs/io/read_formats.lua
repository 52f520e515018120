-- All read formats on one file.
local name = os.tmpname()
local function file(s)
  local f = assert(io.open(name, "wb"))
  f:write(s) f:close()
  return assert(io.open(name, "rb"))
end
local f = file "line one\nline two\n\nlast without newline"
print(f:read())
print(f:read("l"))
print(f:read("L"))
print(f:read("l", "l"))
print(f:read("l"), f:read("a"), f:read("a"), f:read(0))
f:close()
f = file "abc\n12 0x1F -3.5e2 nan 7\n.5. 1e+ 99"
print(f:read(1), f:read(0), f:read(2), f:read("L"))
print(f:read("n", "n", "n"))
print(f:read("n"))
print(f:read("l"))
print(f:read("n"))
print(f:read("l"))
f:close()
f = file "  42\t+7\n-0x.8p1 1e5 0xg 5x 123456789012345678901234567890 0x 1..2"
for i = 1, 8 do io.write(tostring(f:read("n")), " ") end
print()
f:close()
f = file ""
print(f:read("a"), f:read("l"), f:read("n"), f:read(0), f:read(1), f:read("L"))
print(f:read("a", "l"))
f:close() f = file "\n"
print(f:read(), f:read())
f:close() f = file "x"
print(f:read(0), f:read(1), f:read(0), f:read(1))
f:close()
f = file "12345678"
print(f:read(3, 2))
print(f:read(100), f:read(100))
f:close() f = file("a\0b\0\nc")
print(#f:read("l"), #f:read("a"))
f:close() f = file("\r\nx\r\n")
print(#f:read("l"), #f:read("L"), f:read("l"))
f:close()
f = file "1\n2\n3"
print(f:read("*l"), f:read("*n"), f:read("*L"), f:read("*a"))
f:close() f = file "x"
print(pcall(f.read, f, "x"))
print(pcall(f.read, f, "*z"))
print(pcall(f.read, f, {}))
print(pcall(f.read, f, -1) ~= nil)
print(f:read("lines"), f:read("all"))
f:close()
print(pcall(f.read, f))
print(pcall(f.read))
print(pcall(f.read, 5))
f = file(("x"):rep(5000) .. "\n" .. ("y"):rep(3000))
print(#f:read("l"), #f:read(1000), #f:read("a"))
f:close()
f = file "9007199254740993 9223372036854775807 9223372036854775808 0xffffffffffffffff 1e400"
for i = 1, 5 do local v = f:read("n") io.write(tostring(v), ":", tostring(math.type(v)), " ") end
print()
f:close() os.remove(name)
