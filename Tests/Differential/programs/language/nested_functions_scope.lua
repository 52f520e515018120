-- Deep nesting of functions shares and hides variables properly.
local x = "global-like"
local function a()
  local x = "a"
  local function b() local function c() local y = x x = x .. "!" return y, x end return c() end
  local r1, r2 = b()
  return r1, r2, x
end
print(a())
print(x)
local function counter(start, step)
  local n = start or 0
  return {inc = function() n = n + (step or 1) return n end, get = function() return n end, reset =
    function() n = start or 0 end, child = function() return counter_of(n) end}
end
function counter_of(n) return counter(n, 10) end
local c = counter(5)
c.inc() c.inc()
local d = c.child()
print(c.get(), d.inc(), c.get(), d.get())
c.reset()
print(c.get())
local fs = {}
for i = 1, 3 do
  local a = i
  for j = 1, 2 do local b = j fs[#fs + 1] = function() a = a + 1 b = b * 2 return i, j, a, b end end
end
for _, f in ipairs(fs) do f() print(f()) end
local function shadow(x)
  do local x = x + 1 do local x = x + 1 do x = x + 1 print(x) end print(x) end print(x) end
  print(x)
end
shadow(1)
local v = 1
local g = function() return v end
do local v = 2 print(g(), v) end
v = 3
print(g())
local function args(a, b)
  local a = a or "default"
  local function inner() a = a .. b return a end
  return inner(), inner(), a
end
print(args(nil, "x"))
local up1, up2 = 1, 2
local function both() up1, up2 = up2, up1 return function() up1 = up1 + 10 return up1, up2 end end
print(both()())
print(up1, up2)
local recursive
recursive = function(n) return n == 0 and "done" or recursive(n - 1) end
local saved = recursive
recursive = function() return "replaced" end
print(saved(0), saved(1))
