-- Message handlers that fail call two more each, nested so deep that the reference does not end either.
-- limits: fuel=10000000 time=5000
-- expect: outOfFuel
local function h(e) return xpcall(error, h, e) and 1 or error(e) end
return (xpcall(error, h, "x"))
