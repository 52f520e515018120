-- Switches between coroutines, for ever.
-- limits: fuel=2000000 time=5000
-- expect: outOfFuel
local co = coroutine.wrap(function() while true do coroutine.yield() end end)
while true do co() end
