-- Computes for ever in several tasks, catching everything.
-- grants: tasks
-- limits: time=500 fuel=100000000000
-- expect: deadline
task.scope(function(s)
  for i = 1, 10 do
    s:spawn(function() while true do pcall(function() while true do end end) end end)
  end
end)
