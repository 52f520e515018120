-- Children fail in their hundreds, again and again.
-- grants: tasks
-- expect: outOfFuel
while true do
  pcall(task.scope, function(s) for _ = 1, 300 do s:spawn(error, "x") end end)
end
