-- Producers, filters, permutations, trees and pipelines.
local function range(n)
  return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end)
end
local function filter(p, g)
  return coroutine.wrap(function() for v in g do if p(v) then coroutine.yield(v) end end end)
end
local function map(f, g)
  return coroutine.wrap(function() for v in g do coroutine.yield(f(v)) end end)
end
local function take(n, g)
  return coroutine.wrap(function()
    for v in g do if n == 0 then return end n = n - 1 coroutine.yield(v) end
  end)
end
for v in take(5, map(function(x) return x * x end,
  filter(function(x) return x % 3 == 0 end, range(100)))) do
  io.write(v, " ")
end
print()
local function permgen(a, n)
  n = n or #a
  if n <= 1 then
    coroutine.yield(a)
  else
    for i = 1, n do a[n], a[i] = a[i], a[n] permgen(a, n - 1) a[n], a[i] = a[i], a[n] end
  end
end
for p in coroutine.wrap(function() permgen {1, 2, 3} end) do io.write(table.concat(p), " ") end
print()
local function walk(t) if t then walk(t.l) coroutine.yield(t.v) walk(t.r) end end
local tree = {v = 5, l = {v = 3, l = {v = 1}, r = {v = 4}}, r = {v = 8, l = {v = 7}}}
for v in coroutine.wrap(function() walk(tree) end) do io.write(v, " ") end print()
local function samefringe(a, b)
  local g, h = coroutine.wrap(function() walk(a) return end), coroutine.wrap(function() walk(b) end)
  while true do
    local x, y = g(), h()
    if x ~= y then return false end
    if x == nil then return true end
  end
end
print(samefringe(tree, tree), samefringe(tree, {v = 1}))
local sieve = coroutine.wrap(function()
  local gen = coroutine.wrap(function()
    local i = 2
    while true do coroutine.yield(i) i = i + 1 end
  end)
  while true do
    local p = gen()
    coroutine.yield(p)
    local prev = gen
    gen = filter(function(x) return x % p ~= 0 end, prev)
  end
end)
for i = 1, 10 do io.write(sieve(), " ") end print()
local queue, log = {}, {}
local producer = coroutine.create(function()
  for i = 1, 3 do queue[#queue + 1] = "item" .. i coroutine.yield() end
  return "done"
end)
local consumer = coroutine.create(function()
  while true do
    while #queue == 0 do coroutine.yield() end
    log[#log + 1] = table.remove(queue, 1)
  end
end)
repeat local _, r = coroutine.resume(producer) coroutine.resume(consumer) until r
print(table.concat(log, ","))
