-- Finalizers of a killed script run later, metered, in the same machine.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
keep = setmetatable({}, {__gc = function() while true do end end})
while true do end
