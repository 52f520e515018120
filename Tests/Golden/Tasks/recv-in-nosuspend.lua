local tx, rx = task.channel(1)
task.nosuspend(function() return rx:recv() end) -- here
