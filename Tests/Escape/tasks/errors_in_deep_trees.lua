-- Raises errors deep in a tree of tasks: each says how its task came to be.
-- grants: tasks
-- expect: outOfFuel
local function nest(n)
  if n > 0 then return task.scope(function(s) s:spawn(nest, n - 1) end) end
  while true do pcall(task.channel) end
end
nest(900)
