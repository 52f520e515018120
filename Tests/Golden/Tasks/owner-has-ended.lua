local m = task.mutex("ledger")
task.scope(function(s) s:spawn(m.lock, m) end)
m:with(print) -- here
