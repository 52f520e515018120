-- The host calls the script back; the fuel is the same.
-- limits: fuel=1000000 time=5000
-- expect: error the host cannot wait | outOfFuel
reenter(function() while true do end end)
