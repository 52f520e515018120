-- Computes for ever in several tasks, catching everything.
-- grants: tasks
-- expect: outOfFuel
task.scope(function(s)
  for i = 1, 10 do
    s:spawn(function() while true do pcall(function() while true do end end) end end)
  end
end)
