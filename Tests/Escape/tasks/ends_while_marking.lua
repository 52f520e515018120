-- Ends tasks one by one while a collection is under way, so that it may lose those behind them.
-- grants: tasks
-- limits: fuel=1000000000 memory=67108864
-- expect: finished true
collectgarbage("stop")
local sum, count = 0, 0
for round = 1, 30 do
  task.scope(function(s)
    local gates = {}
    for i = 1, 300 do
      local gate = task.event()
      gates[i] = gate
      s:spawn(function()
        local own = { i }
        gate:wait()
        sum = sum + own[1]
      end)
    end
    task.yield()
    for i = 1, 300 do
      collectgarbage("step", 1)
      gates[(i * 7 + round) % 300 + 1]:set()
      task.yield()
      for _ = 1, 20 do local _ = { {}, {}, tostring(i) } end
    end
    count = count + 1
  end)
end
return count == 30 and sum == 30 * 300 * 301 / 2
