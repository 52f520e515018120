-- Each task starts one and waits for it, without end.
-- grants: tasks
-- limits: fuel=200000000
-- expect: error memory | outOfFuel
local function deep()
  task.scope(function(s) s:spawn(deep):join() end)
end
deep()
