-- What write accepts and how numbers look in files.
local f = io.tmpfile()
print(f:write(1, 1.0, -0.0, 1e15, 1e16, 2^53, 2^63, 0.1, 1/3, -1e-10, math.huge, math.maxinteger,
  math.mininteger, "s", "") == f)
f:seek("set")
print(f:read("a"))
print(pcall(f.write, f, nil))
print(pcall(f.write, f, "a", {}, "b"))
print(pcall(f.write, f, true))
print(pcall(f.write, f, print))
print(pcall(f.write, f, setmetatable({}, {__tostring = function() return "no" end})))
print(pcall(io.write, {}))
print(pcall(function() io.stdout:write("x\n", nil) end))
f:seek("set", 0) f:write() f:write("") f:write("\0\1\2") f:seek("set", 0)
print(f:read(3):byte(1, -1))
f:close() io.write("a", 1, "b", 2.5, "\n")
print(io.write() == io.stdout)
for i = 1, 3 do io.write(i, i < 3 and "," or "\n") end
local out = {}
for i = 1, 300 do out[i] = i end
print(io.write(table.concat(out, " ", 1, 5), "\n") == io.stdout)
io.stdout:write("m", "n"):write("o\n") io.stdout:seek("cur")
print(select("#", io.write("")), pcall(io.stdout.write, "not a file"))
print((pcall(io.stdout.write, io.stdout, "fine\n")))
