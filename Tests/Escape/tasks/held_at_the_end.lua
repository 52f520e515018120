-- Holds mutexes in thousands while thousands of tasks, each with a mutex, end.
-- grants: tasks
-- limits: fuel=200000000 memory=67108864
-- expect: outOfFuel | finished true | deadline
for i = 1, 50000 do task.mutex():lock() end
for i = 1, 50000 do
  task.scope(function(s) s:spawn(function() task.mutex():lock() end) end)
end
return true
