-- Fills a channel with long strings that nobody takes.
-- grants: tasks
-- expect: error memory
local tx, rx = task.channel(1000000)
local i = 0
while true do
  i = i + 1
  tx:send(("x"):rep(1000) .. i)
end
