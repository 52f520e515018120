-- Weak values and fully weak tables.
local w = setmetatable({}, {__mode = "v"})
local keep = {}
w.kept = keep w.lost = {} w.str = "s" w.num = 1 w[1] = {} w[2] = "two" w[{}] = "by table key"
w.f = print
collectgarbage()
print(w.kept == keep, w.lost, w.str, w.num, w[1], w[2], w.f == print)
local n = 0
for _ in pairs(w) do n = n + 1 end
print(n)
keep = nil collectgarbage() print(w.kept)
for i = 1, 100 do w[i] = {} end collectgarbage() n = 0 for _ in pairs(w) do n = n + 1 end print(n)
local kv = setmetatable({}, {__mode = "kv"})
local a, b = {}, {}
kv[a] = {} kv[{}] = b kv[a] = b kv.x = {} kv[1] = 1 collectgarbage() n = 0
for _ in pairs(kv) do n = n + 1 end
print(n, kv[a] == b)
a = nil collectgarbage() n = 0
for _ in pairs(kv) do n = n + 1 end
print(n)
-- changing the mode
local t = setmetatable({{}, {}}, {})
collectgarbage()
print(#t)
setmetatable(t, {__mode = "v"}) collectgarbage()
print(#t)
local u = setmetatable({{}}, {__mode = "v"})
setmetatable(u, nil) collectgarbage()
print(#u)
for _, m in ipairs { "", "x", "kx", "vk" } do
  local z = setmetatable({{}, [{}] = 1}, {__mode = m})
  collectgarbage() n = 0
  for _ in pairs(z) do n = n + 1 end
  io.write(m, ":", n, " ")
end
print()
-- an object registry by name
local reg = setmetatable({}, {__mode = "v"})
local function get(name)
  local o = reg[name]
  if not o then o = {name = name} reg[name] = o end
  return o
end
local o1 = get("one")
print(get("one") == o1, get("two") == get("two"))
o1 = nil collectgarbage()
print(next(reg))
print(pcall(setmetatable, {}, {__mode = 5}) == true)
