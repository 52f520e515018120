-- Replacement through a table whose metamethod never ends.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
return (("x"):gsub("x", setmetatable({}, {__index = function() while true do end end})))
