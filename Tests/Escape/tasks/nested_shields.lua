-- Opens shields inside many scopes.
-- grants: tasks
-- expect: outOfFuel
local function nest(n)
  if n > 0 then return task.scope(function() nest(n - 1) end) end
  while true do task.shield(1, function() end) end
end
nest(60)
