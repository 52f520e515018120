-- Asks for the trace of a task with a deep stack, again and again.
-- grants: tasks
-- expect: outOfFuel
local function deep(n)
  if n > 0 then deep(n - 1) return 1 end
  while true do task.trace() end
end
deep(100000)
