-- `collectgarbage` has "param" for what "setpause" and "setstepmul" were.
print((pcall(collectgarbage, "param", "pause")), (pcall(collectgarbage, "setpause", 200)))
