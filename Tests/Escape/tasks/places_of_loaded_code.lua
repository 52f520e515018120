-- Starts tasks from code that is loaded anew for each.
-- grants: tasks
-- limits: fuel=1000000000
-- expect: finished true
for i = 1, 30000 do load("task.scope(function(s) s:spawn(task.yield) end)")() end
return true
