-- Deadlines of nested scopes that expire in the same moment.
-- grants: tasks
-- expect: outOfFuel
local function nest(n)
  if n == 0 then return task.sleep(5) end
  return task.timeout(0.001, function() return nest(n - 1) end)
end
while true do nest(60) end
