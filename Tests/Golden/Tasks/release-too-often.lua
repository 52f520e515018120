local permits = task.semaphore(2, "permits")
permits:acquire()
permits:release()
permits:release() -- here
