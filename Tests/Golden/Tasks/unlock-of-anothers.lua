local m = task.mutex("ledger")
task.scope(function(s)
  s:spawn { name = "owner", fn = function() m:with(task.sleep, 5) end }
  task.sleep(1)
  m:unlock() -- here
end)
