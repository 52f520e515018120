-- Closures, upvalues and coroutines keep exactly what they use.
local w = setmetatable({}, {__mode = "v"})
local function mk()
  local big, small = {}, {}
  w.big, w.small = big, small
  return function() return small end
end
local f = mk() collectgarbage() print(w.big, w.small == f()) f = nil collectgarbage() print(w.small)
local co = coroutine.create(function()
  local held = {}
  w.held = held coroutine.yield()
  local function use() return held end
  coroutine.yield()
  return use()
end)
coroutine.resume(co) collectgarbage()
print(w.held ~= nil)
coroutine.resume(co) collectgarbage()
print(w.held ~= nil)
local _, v = coroutine.resume(co)
print(v == w.held)
v, co = nil, nil collectgarbage()
print(w.held)
do local c = coroutine.wrap(function() local x = {} w.x = x coroutine.yield() end) c() end
collectgarbage()
print(w.x)
local function loop() for i = 1, 3 do local t = {i} w[i] = t end end
loop() collectgarbage()
print(w[1], w[2], w[3])
local self_ref = {}
self_ref.me = self_ref
self_ref.f = function() return self_ref end
w.s = self_ref self_ref = nil collectgarbage()
print(w.s)
local mtw = setmetatable({}, {})
w.mt = getmetatable(mtw) collectgarbage()
print(w.mt ~= nil)
mtw = nil collectgarbage()
print(w.mt)
local shared = {}
local g1, g2 = function() return shared end, function(v) shared = v end
w.sh = shared shared = nil collectgarbage()
print(w.sh, g1())
g2({}) w.sh = g1() collectgarbage()
print(w.sh == g1())
do local err = {} w.err = err pcall(error, err) err = nil end
collectgarbage()
print(w.err)
local thread = coroutine.create(function() error({}) end)
coroutine.resume(thread) collectgarbage()
print(coroutine.status(thread))
local nested = {}
local cur = nested
for i = 1, 1000 do cur.n = {} cur = cur.n end
w.deep = cur cur = nil collectgarbage()
print(w.deep ~= nil)
nested = nil collectgarbage()
print(w.deep)
