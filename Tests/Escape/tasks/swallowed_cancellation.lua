-- Catches its cancellation and goes on.
-- grants: tasks
-- limits: grace=100
-- expect: finished cancelled
local state
task.scope(function(s)
  local h = s:spawn(function() while true do pcall(task.sleep, 1000) end end)
  task.yield()
  h:cancel("enough")
  pcall(h.join, h)
  state = h:status()
end)
return state
