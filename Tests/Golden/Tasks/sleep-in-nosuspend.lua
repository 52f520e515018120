local balance = 0
task.nosuspend(function()
  balance = balance + 1
  task.sleep(1) -- here
end)
