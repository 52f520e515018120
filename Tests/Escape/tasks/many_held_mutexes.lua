-- Ten thousand tasks that each hold a mutex, and let go of them in the order in which they took them.
-- grants: tasks
-- expect: error memory | outOfFuel
while true do
  task.scope(function(s)
    for i = 1, 10000 do
      s:spawn(function()
        local m = task.mutex()
        m:lock()
        task.yield()
        if i % 2 == 0 then m:unlock() end
      end)
    end
  end)
end
