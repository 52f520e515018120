-- Waits for a task that sleeps beyond the deadline, in a scope that cannot be left.
-- grants: tasks
-- limits: time=500
-- expect: deadline
while true do
  pcall(function()
    task.scope(function(s) s:spawn(function() while true do pcall(task.sleep, 1000) end end):join() end)
  end)
end
