-- Two tasks that wait for one another, and a task that waits for itself.
-- grants: tasks
-- limits: time=5000
-- expect: error NJ-A030
task.scope(function(s)
  local a, b
  a = s:spawn(function() task.yield() return b:join() end)
  b = s:spawn(function() return a:join() end)
end)
