local tx, rx = task.channel(1)
print(task.select { rx:recv_op(), rx }) -- here
