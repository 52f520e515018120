-- With the whole library granted: a hook that runs for ever is metered too.
-- grants: debug
-- limits: fuel=3000000 time=5000
-- expect: outOfFuel
debug.sethook(function() while true do end end, "l")
local x = 1
x = x + 1
