-- Spawns tasks with priorities of their own while thousands are ready.
-- grants: tasks
-- expect: error memory | outOfFuel
while true do
  task.scope(function(s)
    for _ = 1, 5000 do s:spawn(function() end) end
    for _ = 1, 5000 do s:spawn { prio = "low", fn = function() end } end
  end)
end
