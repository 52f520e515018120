-- The same through a reader function that never ends.
-- limits: memory=4000000 fuel=100000000
-- expect: error not enough memory | outOfFuel
local piece = ("x=1 "):rep(1000)
return assert(load(function() return piece end))
