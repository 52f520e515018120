local permits = task.semaphore(0) -- here
