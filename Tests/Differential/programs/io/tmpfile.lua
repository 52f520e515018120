-- io.tmpfile: independent update files that vanish.
local a, b = io.tmpfile(), io.tmpfile()
a:write("first\n", 1, " ", 2.5, "\n") b:write("second")
a:seek("set") b:seek("set")
print(a:read("l", "n", "n"))
print(b:read("a"), b:read("a"), b:read("l"))
a:seek("set", 2) a:write("XX") a:seek("set")
print(a:read("a"))
print(a:seek("end"), a:seek("cur", -3), a:read(3))
print(io.type(a), a:close(), io.type(a), pcall(a.read, a))
local files = {}
for i = 1, 10 do files[i] = io.tmpfile() files[i]:write(i) end
for i = 10, 1, -1 do files[i]:seek("set") io.write(files[i]:read("n"), " ") files[i]:close() end
print()
local f <close> = io.tmpfile()
f:setvbuf("no") f:write("a") f:write("b")
print(f:seek("set"), f:read(5))
for l in (function() f:seek("set", 0) f:write("l1\nl2\n\nl4") f:seek("set") return f:lines() end)() do
  io.write("<", l, ">")
end
print(f:read(1))
