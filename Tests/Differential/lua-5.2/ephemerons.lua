-- Weak tables and ephemerons: a value does not keep its own key alive.
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local e = setmetatable({}, {__mode = "k"})
do local k = {} e[k] = {key = k} end
collectgarbage()
print(count(e))
do local a, b = {}, {} e[a] = b e[b] = a end
collectgarbage()
print(count(e))
local root = {}
do
  local last = root
  for i = 1, 100 do local next = {} e[last] = next last = next end
end
collectgarbage() print(count(e))
root = nil collectgarbage() print(count(e))
local v = setmetatable({}, {__mode = "v"})
v.a, v.b, v.s, v.n, v[1] = {}, function() return v end, "string", 5, {}
local keep = {} v.kept = keep
collectgarbage()
print(v.a, v.s, v.n, v[1], v.kept == keep)
local kv = setmetatable({}, {__mode = "kv"})
do local x = {} kv[x] = 1 kv[2] = {} kv[keep] = keep end
collectgarbage() print(count(kv))
local strings = setmetatable({}, {__mode = "k"})
strings["key" .. 1] = {} strings[1] = {} strings[true] = {}
collectgarbage() print(count(strings))
