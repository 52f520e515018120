-- Makes coroutines, for ever.
-- limits: fuel=2000000 time=5000
-- expect: outOfFuel
while true do coroutine.wrap(function() end)() end
