-- Starts tasks without end while it cleans up.
-- grants: tasks
-- limits: time=500 fuel=100000000000
-- expect: deadline | error memory
task.scope(function(s)
  local x <close> = setmetatable({}, {
    __close = function()
      task.scope(function(t) while true do t:spawn(function() while true do task.yield() end end) end end)
    end,
  })
  while true do task.yield() end
end)
