-- Catches whatever would stop it.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
while true do pcall(function() while true do end end) end
