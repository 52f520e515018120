-- `debug.gethook` returns three values without a hook, too.
print(select("#", debug.gethook()))
