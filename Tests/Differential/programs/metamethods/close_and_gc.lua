-- __close and __gc on one object; order with other objects; errors between them.
local log = {}
local function add(...) log[#log + 1] = table.concat({...}, ":") end
local function obj(n, bad)
  return setmetatable({n = n}, {__close = function(o, e)
    add("close", o.n, tostring(e))
    if bad then error("bad " .. n, 0) end
  end, __gc = function(o) add("gc", o.n) end})
end
do local a <close> = obj "a" local b <close> = obj "b" end
collectgarbage() collectgarbage()
print(table.concat(log, " "))
log = {}
print(pcall(function() local x <close> = obj("x", true) local y <close> = obj "y" end))
collectgarbage() collectgarbage()
print(table.concat(log, " "))
log = {}
local keep
do local k <close> = obj "k" keep = k end
print(keep.n, #log)
keep = nil collectgarbage() collectgarbage()
print(table.concat(log, " "))
log = {}
local function f() local r <close> = obj "r" return r end
local r = f()
print(r.n, table.concat(log, " "))
r = nil collectgarbage() collectgarbage()
print(log[2])
log = {}
for i = 1, 3 do local l <close> = obj("l" .. i) end
collectgarbage() collectgarbage() table.sort(log)
print(table.concat(log, " "))
log = {}
local co = coroutine.wrap(function() local c <close> = obj "co" coroutine.yield() end)
co() co = nil collectgarbage() collectgarbage()
print(table.concat(log, " "))
local function class()
  local C = {}
  C.__index = C
  C.__close = function(s) s.closed = true end
  return C
end
local C = class()
local inst = setmetatable({}, C)
do local i <close> = inst end
print(inst.closed)
do
  local i <close> = setmetatable({}, setmetatable({__close = function() print("own only") end},
    {__index = function() error("not consulted") end}))
end
print(pcall(function()
  local z <close> = setmetatable({}, setmetatable({}, {__index = {__close = function() end}}))
end))
