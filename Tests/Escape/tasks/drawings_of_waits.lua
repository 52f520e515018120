-- Asks for drawings of what hundreds of tasks wait for.
-- grants: tasks
-- expect: outOfFuel
pcall(task.scope, function(s)
  for _ = 1, 300 do s:spawn(function() task.event():wait() end) end
  task.sleep(0.001)
  while true do task.tree("dot") end
end)
