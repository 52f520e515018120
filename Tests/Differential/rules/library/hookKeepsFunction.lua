-- `debug.gethook` returns a function that was set with an empty mask.
debug.sethook(print, "")
print((debug.gethook()) == print)
debug.sethook()
