-- io.lines and file:lines with formats, closing, errors.
local name = os.tmpname()
local function put(s) local f = assert(io.open(name, "wb")) f:write(s) f:close() end
put "one\ntwo\n\nfour"
for l in io.lines(name) do io.write("[", l, "]") end
print()
for l in io.lines(name, "L") do io.write("[", (l:gsub("\n", "\\n")), "]") end
print()
for a in io.lines(name, 3) do io.write("[", (a:gsub("\n", "\\n")), "]") end
print()
for a, b in io.lines(name, 1, "l") do io.write("[", a, "|", tostring(b), "]") end
print()
for s in io.lines(name, "a") do io.write(#s, " ") break end
print()
put "1 2 3 x"
for n in io.lines(name, "n") do io.write(n, " ") end
print()
put ""
for l in io.lines(name) do print("never") end
put "\n\n"
local c = 0
for l in io.lines(name) do c = c + 1 end
print(c)
print(select("#", io.lines(name)))
local it, st, ctl, cl = io.lines(name)
print(type(it), st, ctl, io.type(cl))
print(it(), it(), it())
print(pcall(it))
put "a\nb\nc"
local f = io.open(name)
for l in f:lines() do io.write(l, " ") end
print(io.type(f), f:read())
f:seek("set")
for l in f:lines("L") do io.write(#l, " ") if l:sub(1, 1) == "b" then break end end
print(f:read())
f:close()
print(pcall(function() for l in f:lines() do end end))
f = io.open(name) it = f:lines() f:close()
print(pcall(it))
print(pcall(io.lines, "/no/such/file"))
print(pcall(function() for l in io.lines(name, "x") do end end))
print(pcall(function() for l in io.lines(name, "l", {}) do end end))
print(pcall(io.lines, {}))
put(("z"):rep(10000) .. "\nend")
for l in io.lines(name) do io.write(#l, " ") end
print()
local function many() local t = {} for i = 1, 251 do t[i] = "l" end return t end
print(pcall(io.lines, name, table.unpack(many())))
-- break closes the file, an error in the body too
put "x\ny"
local open
for l in io.lines(name) do break end
print(pcall(function() for l in io.lines(name) do error("body " .. l, 0) end end))
io.input(name)
for l in io.lines() do io.write(l, ";") end
print(io.type(io.input()))
io.close(io.input())
print(pcall(io.lines))
io.input(io.stdin) os.remove(name)
