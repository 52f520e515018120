-- load, given no environment, must not fall back on the machine's globals.
-- grants: globals
-- expect: finished true 7
-- after: y == nil and z == nil
load("y = 7")()
load(function() end)
assert(load("z = 8", "n", "t"))()
return _G.y == y, _G.y
