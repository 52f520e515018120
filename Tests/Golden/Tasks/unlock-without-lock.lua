local m = task.mutex()
m:unlock() -- here
