-- Starts tasks until memory is out, none of which ever waits.
-- grants: tasks
-- limits: fuel=200000000
-- expect: error memory | outOfFuel
task.scope(function(s)
  while true do s:spawn(function() while true do task.yield() end end) end
end)
