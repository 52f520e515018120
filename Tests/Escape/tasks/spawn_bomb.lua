-- Starts tasks until memory is out, and they all sleep.
-- grants: tasks
-- expect: error memory
task.scope(function(s)
  while true do s:spawn(function() task.sleep(1000) end) end
end)
