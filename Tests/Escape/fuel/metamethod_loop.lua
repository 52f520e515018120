-- Never ends inside a metamethod.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
local t = setmetatable({}, {__index = function() while true do end end})
return t.x
