local tx, rx = task.channel(1, "wish")
tx:send("one")
tx:send("two") -- here
print(rx:recv())
