local me = task.current()
me:join() -- here
