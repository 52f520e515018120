-- Parks deep in coroutines of which each resumes the next.
-- grants: tasks
-- limits: fuel=200000000
-- expect: error memory | outOfFuel | error overflow
local function nest(n)
  if n == 0 then return task.sleep(1000) end
  return coroutine.wrap(nest)(n - 1)
end
task.scope(function(s)
  while true do s:spawn(nest, 100) task.yield() end
end)
