-- `debug.getinfo` tells of parameters.
local i = debug.getinfo(function(a, b, ...) return a end, "u")
print(i.nups, i.nparams, i.isvararg)
