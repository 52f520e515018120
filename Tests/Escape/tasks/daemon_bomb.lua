-- Starts daemons in thousands, which all end when the body does.
-- grants: tasks
-- limits: fuel=1000000000 memory=67108864
-- expect: finished true | error memory | deadline
task.scope(function(s)
  local sleep = task.sleep
  for i = 1, 100000 do s:daemon(sleep, 1e6) end
end)
return true
