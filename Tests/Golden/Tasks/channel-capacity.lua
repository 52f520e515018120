local tx, rx = task.channel(-1) -- here
