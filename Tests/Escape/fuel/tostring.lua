-- Never ends in __tostring.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
tostring(setmetatable({}, {__tostring = function() while true do end end}))
