-- Upvalues are shared between closures and frames, and closed when blocks end.
local function pair()
  local n = 0
  return function() n = n + 1 return n end, function() return n end
end
local inc, get = pair()
local inc2, get2 = pair()
inc() inc() inc2()
print(get(), get2())
local function nest()
  local a = 1
  return function()
    local b = a + 1
    return function()
      local c = b + 1
      a = a + 100
      return function() c = c + a b = b + 1 return a, b, c end
    end
  end
end
local deep = nest()()()
print(deep()) print(deep())
local function outer(x)
  local function set(v) x = v end
  local function get() return x end
  set(x * 2)
  return x, get()
end
print(outer(5))
-- recursion: each activation has its own
local function collect(n, acc)
  acc = acc or {}
  if n == 0 then return acc end
  acc[n] = function() n = n + 1 return n end
  return collect(n - 1, acc)
end
local cs = collect(3)
print(cs[1](), cs[2](), cs[3](), cs[3](), cs[1]())
-- an open upvalue is visible both ways while its function is active
local function live() local v = 1 local f = function() v = v + 1 end f() v = v * 10 f() return v end
print(live())
-- upvalues through coroutines
local function gen()
  local s = 0
  return coroutine.wrap(function()
    while true do s = s + 1 coroutine.yield(s) end
  end), function() return s end
end
local co, peek = gen()
co() co()
print(peek(), co(), peek())
local t = {}
for i = 1, 5 do local x <const> = i * 2 t[i] = function() return x end end
print(t[1](), t[5]())
local function many()
  local a, b, c, d, e, f = 1, 2, 3, 4, 5, 6
  return function() a, b, c, d, e, f = b, c, d, e, f, a return a, b, c, d, e, f end
end
local m = many() m() print(m())
