-- Starts more tasks than the machine may have, and catches the refusal each time.
-- grants: tasks
-- limits: tasks=100 fuel=5000000
-- expect: outOfFuel
task.scope(function(s)
  while true do pcall(s.spawn, s, function() task.sleep(1000) end) end
end)
