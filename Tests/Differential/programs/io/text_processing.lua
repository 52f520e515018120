-- Reading a file in several passes: numbering, filtering, in-place rewriting.
local name = os.tmpname()
local f = assert(io.open(name, "w"))
for i = 1, 10 do f:write(("line %d%s\n"):format(i, i % 3 == 0 and " special" or "")) end
f:close()
local n, special = 0, {}
for line in io.lines(name) do
  n = n + 1
  if line:find("special", 1, true) then special[#special + 1] = n end
end
print(n, table.concat(special, " "))
f = io.open(name, "r+")
local first = f:read("L")
f:seek("set", 0) f:write((first:gsub("line", "LINE"))) f:seek("set")
print(f:read(), f:read())
f:close()
local out = {}
for line in io.lines(name, "L") do
  out[#out + 1] = line:gsub("(%d+)", function(d) return d * 2 end)
end
f = io.open(name, "w") f:write(table.concat(out)) f:close() f = io.open(name)
print(f:read("l", "l", "l"))
print(f:seek("cur"), f:seek("end"), f:seek("set", 5), f:read("n"))
f:close()
local idx, pos = {}, 0
f = io.open(name, "rb")
while true do local p = f:seek() local l = f:read("L") if not l then break end idx[#idx + 1] = p end
for _, k in ipairs {10, 1, 5} do f:seek("set", idx[k]) io.write(f:read(), ";") end
print(#idx)
f:close()
local words, chars, lines = 0, 0, 0
for l in io.lines(name, "L") do
  lines = lines + 1 chars = chars + #l
  for _ in l:gmatch("%S+") do words = words + 1 end
end
print(lines, words, chars)
f = io.open(name, "a") f:write("appended\n") f:close()
local last
for l in io.lines(name) do last = l end
print(last)
io.input(name)
local all = io.read("a")
io.close(io.input()) io.input(io.stdin)
print(#all, select(2, all:gsub("\n", "")))
local copy = os.tmpname()
local src, dst <close> = io.open(name, "rb"), io.open(copy, "wb")
while true do local b = src:read(16) if not b then break end dst:write(b) end
dst:flush()
print(io.open(copy):read("a") == all)
src:close() os.remove(name) os.remove(copy)
