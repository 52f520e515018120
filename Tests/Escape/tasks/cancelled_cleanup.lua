-- Cancels tasks whose cleanup never ends, again and again.
-- grants: tasks
-- limits: grace=100
-- expect: outOfFuel
while true do
  pcall(function()
    task.scope(function(s)
      s:spawn(function()
        local x <close> = setmetatable({}, { __close = function() while true do task.yield() end end })
        task.sleep(1000)
      end)
      task.yield()
      s:cancel("now")
    end)
  end)
end
