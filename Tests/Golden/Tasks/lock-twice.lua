local m = task.mutex("ledger")
m:lock()
m:lock() -- here
