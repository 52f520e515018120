-- Sleeps while it cleans up, when its time is up.
-- grants: tasks
-- limits: time=500 grace=500
-- expect: deadline
task.scope(function(s)
  local x <close> = setmetatable({}, { __close = function() task.sleep(1000) end })
  task.sleep(1000)
end)
