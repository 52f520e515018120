local m = task.mutex("ledger")
task.scope(function(s)
  s:spawn { name = "holder", fn = function() m:with(task.sleep, 5) end }
  task.sleep(1)
  task.nosuspend(function()
    m:lock() -- here
  end)
end)
