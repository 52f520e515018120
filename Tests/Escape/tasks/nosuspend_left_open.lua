-- Yields out of a section that must not suspend and never comes back, so that nobody could wait any more.
-- grants: tasks
-- expect: finished true
local function leave(f)
  local co = coroutine.create(function() task.nosuspend(f) end)
  return coroutine.resume(co)
end
assert(not leave(coroutine.yield))
assert(not leave(function()
  local inner = coroutine.create(function()
    local c <close> = setmetatable({}, { __close = coroutine.yield })
    coroutine.yield()
  end)
  coroutine.resume(inner)
  coroutine.close(inner)
end))
-- What stays inside is in order.
local sum = task.nosuspend(function()
  local sum = 0
  for i in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do sum = sum + i end
  return sum
end)
task.sleep(0)
task.scope(function(s) s:spawn(task.yield) end)
return sum == 6
