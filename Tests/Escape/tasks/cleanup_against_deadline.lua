-- Cleans up for ever when its time is up.
-- grants: tasks
-- limits: time=500 fuel=100000000000
-- expect: deadline
task.scope(function(s)
  local x <close> = setmetatable({}, { __close = function() while true do pcall(task.yield) end end })
  while true do task.yield() end
end)
