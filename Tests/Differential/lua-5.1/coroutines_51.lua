-- Coroutines of 5.1: running, wrap, statuses, and where yields are refused by none.
print(coroutine.running())
local co = coroutine.create(function(a, b)
  print(a, b, coroutine.status(coroutine.running()))
  local c = coroutine.yield(a + b)
  print(c)
  error("stop")
end)
print(coroutine.resume(co, 1, 2)) print(coroutine.status(co), coroutine.resume(co, "c")) print(coroutine.status(co), coroutine.resume(co))
print(pcall(coroutine.create, print)) print(pcall(coroutine.resume, 1)) print(pcall(coroutine.wrap(function() error("in wrap") end)))
local w = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
print(w(), w(), w(), w()) print(pcall(w))
local outer
outer = coroutine.create(function() print(coroutine.resume(outer)) local i = coroutine.create(function() return coroutine.resume(outer) end) print(coroutine.resume(i)) end)
coroutine.resume(outer)
print(select("#", coroutine.resume(coroutine.create(function(...) return ... end), nil, nil)))
for k, v in coroutine.wrap(function() coroutine.yield("k", "v") end) do print(k, v) end
