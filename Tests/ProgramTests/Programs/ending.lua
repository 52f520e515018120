-- Keeps many objects alive that own storage of their own, and drops as many, so that a cycle of the
-- collector has much to do; takes as many steps of it as it is told and ends there.
collectgarbage("stop")
local kept = {}
for index = 1, 20000 do
  local paused = coroutine.wrap(function() coroutine.yield() end)
  paused()
  kept[index % 10000] = paused
end
for _ = 1, tonumber((...)) do collectgarbage("step", 1) end
print("done")
