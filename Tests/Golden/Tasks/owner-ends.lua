local m = task.mutex("ledger")
task.scope(function(s)
  s:spawn { name = "careless", fn = function() m:lock() task.sleep(1) end }
  s:spawn { name = "waiter", fn = function()
    task.sleep(0.5)
    m:lock() -- here
  end }
end)
