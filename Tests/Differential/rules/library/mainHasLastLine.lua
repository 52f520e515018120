-- `debug.getinfo` tells the last line of a main chunk.
local i = debug.getinfo((loadstring or load)("\n\nreturn 1"), "S")
print(i.linedefined, i.lastlinedefined, i.what)
