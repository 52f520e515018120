-- Starts tasks with priorities behind thousands that are ready.
-- grants: tasks
-- limits: fuel=1000000000 memory=67108864
-- expect: finished true | error memory | deadline
task.scope({ on_error = "collect" }, function(s)
  local options = { fn = task.yield, prio = "low" }
  for i = 1, 100000 do s:spawn(options) end
end)
return true
