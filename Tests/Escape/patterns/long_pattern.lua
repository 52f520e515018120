-- A pattern of a megabyte.
-- limits: fuel=50000000 time=5000
-- expect: finished nil | outOfFuel
local p = ("a?"):rep(500000)
return ("a"):rep(10):match(p .. "b")
