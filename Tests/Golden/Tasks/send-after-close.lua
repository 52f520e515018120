local tx, rx = task.channel(1, "lines")
tx:close()
tx:send("late") -- here
