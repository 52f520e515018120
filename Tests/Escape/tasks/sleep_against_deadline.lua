-- Sleeps beyond the deadline, behind a shield, catching everything.
-- grants: tasks
-- limits: time=500
-- expect: deadline
task.shield(1e9, function() while true do pcall(task.sleep, 1000) end end)
