-- Bytes of every value survive; large texts and many writes.
local name = os.tmpname()
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all)
local f = io.open(name, "wb")
f:write(all, all:reverse()) f:close() f = io.open(name, "rb")
local s = f:read("a")
f:close()
print(#s, s == all .. all:reverse())
f = io.open(name, "rb")
print(f:read(256) == all, f:read(256) == all:reverse(), f:read(1))
f:close()
f = io.open(name, "w")
for i = 1, 5000 do f:write(i, ",") end
f:close() f = io.open(name)
local n, sum = 0, 0
for d in f:read("a"):gmatch("%d+") do n = n + 1 sum = sum + tonumber(d) end
print(n, sum)
f:seek("set")
local first = f:read("n", 1, "n", 1)
print(first)
f:close()
f = io.open(name, "w") f:write(("line\n"):rep(2000)) f:close() n = 0
for l in io.lines(name) do n = n + 1 end
print(n)
f = io.open(name) n = 0
while f:read("L") do n = n + 1 end
print(n, f:seek())
n = 0 f:seek("set")
while true do local b = f:read(333) if not b then break end n = n + #b end
print(n)
f:close()
f = io.open(name, "w") f:write("abc") f:seek("set", 10) f:write("Z") f:close()
f = io.open(name, "rb")
print((f:read("a"):gsub("%z", ".")))
f:close() f = io.open(name, "r+") f:seek("end", -1) f:write("YY") f:seek("set", 1) f:write("-")
f:close()
print((io.open(name):read("a"):gsub("%z", ".")))
local files = {}
for i = 1, 20 do files[i] = io.tmpfile() files[i]:write("file " .. i) end
for i = 1, 20 do
  files[i]:seek("set") assert(files[i]:read("a") == "file " .. i) files[i]:close()
end
print("twenty files")
f = io.open(name, "w") f:write("x") f = nil collectgarbage() collectgarbage()
print(io.open(name):read("a"))
io.write("a", "b", 1, 2.0, "\n")
io.stdout:write("chained "):write("writes\n")
print(io.write("w1 ") == io.stdout, io.write("w2\n") == io.stdout)
os.remove(name)
