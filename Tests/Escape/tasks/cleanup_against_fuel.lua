-- Cleans up for ever when its fuel is used up.
-- grants: tasks
-- expect: outOfFuel
task.scope(function(s)
  for i = 1, 100 do
    s:spawn(function()
      local x <close> = setmetatable({}, { __close = function() while true do end end })
      while true do task.yield() end
    end)
  end
end)
