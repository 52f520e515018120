-- Never ends while a variable is closed: the grace is bounded.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
local x <close> = setmetatable({}, {__close = function() while true do end end})
while true do end
