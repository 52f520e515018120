-- Sets timers until memory is out.
-- grants: tasks
-- expect: error memory | outOfFuel
local function deep(n)
  return task.timeout(1000, function() return deep(n + 1) end)
end
task.scope(function(s)
  while true do s:spawn(function() pcall(deep, 1) end) task.yield() end
end)
