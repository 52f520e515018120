-- A handler that never ends.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
xpcall(error, function() while true do end end)
