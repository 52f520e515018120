local tx, rx = task.channel() -- here
