-- A format that repeats its argument.
-- limits: fuel=100000000 time=10000
-- expect: error not enough memory | error resulting string too large | error bad argument
local args = {}
for i = 1, 200 do args[i] = ("x"):rep(500000) end
return #string.format(("%s"):rep(200), table.unpack(args))
