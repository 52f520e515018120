-- Many coroutines, deep nesting, and recursion inside of them.
local cos = {}
for i = 1, 500 do
  cos[i] = coroutine.wrap(function() local s = i while true do s = s + coroutine.yield(s) end end)
  cos[i]()
end
local sum = 0
for r = 1, 3 do for i = 1, 500 do sum = sum + cos[i](r) end end
print(sum)
local function nest(n)
  if n == 0 then return "bottom" end
  return coroutine.wrap(function() return nest(n - 1) end)()
end
print(nest(50))
local function deep(n)
  if n == 0 then coroutine.yield("deep") return 0 end
  return 1 + deep(n - 1)
end
local co = coroutine.create(deep)
print(coroutine.resume(co, 5000)) print(coroutine.resume(co))
-- a coroutine passed between others
local shared = coroutine.create(function() for i = 1, 4 do coroutine.yield(i) end end)
local function user()
  return coroutine.wrap(function()
    while true do local _, v = coroutine.resume(shared) coroutine.yield(v) end
  end)
end
local u1, u2 = user(), user()
print(u1(), u2(), u1(), u2(), u1())
-- dropping suspended coroutines is fine
for i = 1, 1000 do local c = coroutine.wrap(function() local x = {} coroutine.yield(x) end) c() end
collectgarbage()
print("collected")
-- stack growth in both
local function grow(n, ...)
  if n == 0 then return select("#", ...) end
  return grow(n - 1, n, ...)
end
print(coroutine.wrap(function() return grow(200) end)(), grow(200))
print(coroutine.wrap(function(...)
  return select("#", ...), (select("#", coroutine.yield(...)))
end)(1, 2, 3))
local big = coroutine.wrap(function(...)
  while true do coroutine.yield(select("#", ...), ...) end
end)
print((big(table.unpack({}, 1, 200))))
