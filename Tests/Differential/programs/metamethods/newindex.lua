-- __newindex by tables and functions; raw keys skip it.
local log = {}
local store = {}
local t = setmetatable({have = 1}, {__newindex = function(t, k, v)
  log[#log + 1] = tostring(k) .. "=" .. tostring(v)
  store[k] = v
end})
t.have = 2 t.new = 3 t[1] = "x" t.new = nil t[nil or "k"] = false
print(t.have, t.new, rawget(t, "new"), store.new, table.concat(log, " "))
t.have = nil t.have = "again" print(t.have, store.have)
local target = {}
local via = setmetatable({}, {__newindex = target})
via.x = 1
print(rawget(via, "x"), target.x)
local chain = setmetatable({},
  {__newindex = setmetatable({}, {__newindex = function(_, k, v) rawset(target, k, v .. "!") end})})
chain.y = "v"
print(target.y, rawget(chain, "y"))
target.z = "exists"
local partial = setmetatable({},
  {__newindex = setmetatable(target, {__newindex = function() error("not reached for z") end})})
partial.z = "written"
print(target.z)
setmetatable(target, nil)
local ro = setmetatable({}, {__newindex = function(_, k) error("no " .. k, 2) end})
print(pcall(function() ro.x = 1 end))
print(pcall(rawset, ro, "x", 1) == true, ro.x)
ro.x = 2
print(ro.x)
print(pcall(function() setmetatable({}, {__newindex = 5}).x = 1 end))
print(pcall(function() setmetatable({}, {__newindex = "s"}).x = 1 end))
local nilkey = setmetatable({}, {__newindex = function(_, k, v)
  log[#log + 1] = "nil key " .. tostring(k)
end})
nilkey[nil] = 1 nilkey[0/0] = 2
print((log[#log - 1]), (log[#log]):sub(1, 7))
local track = {}
local function tracked(init)
  return setmetatable({}, {__index = init,
    __newindex = function(_, k, v) track[#track + 1] = k init[k] = v end,
    __pairs = function() return next, init end})
end
local p = tracked {a = 1}
p.a = 2 p.b = 3 p.a = p.a + 1
local sum = 0
for _, v in pairs(p) do sum = sum + v end
print(sum, table.concat(track, ","))
local defaults = setmetatable({}, {__index = function() return 0 end})
for c in ("abracadabra"):gmatch(".") do defaults[c] = defaults[c] + 1 end
print(defaults.a, defaults.b, defaults.z)
table.insert(t, "ins") print(store[1], #t)
