-- Holds mutexes in hundreds of thousands and lets go of the first one first.
-- grants: tasks
-- limits: fuel=1000000000 memory=67108864
-- expect: finished true | error memory | deadline
local all = {}
for i = 1, 200000 do
  local m = task.mutex()
  m:lock()
  all[i] = m
end
for i = 1, 200000 do all[i]:unlock() end
return true
