-- Thousands of tasks fail at once, and all their messages are told.
-- grants: tasks
-- limits: fuel=200000000
-- expect: error NJ-A040
task.scope(function(s)
  for i = 1, 5000 do
    s:spawn(function() task.yield() error(("x"):rep(200) .. i, 0) end)
  end
end)
