-- Labels a task with names that never end.
-- grants: tasks
-- limits: fuel=200000000
-- expect: error memory | outOfFuel
local i = 0
while true do
  i = i + 1
  task.label(("k"):rep(100) .. i, ("v"):rep(1000))
end
