-- Errors in message handlers in errors.
-- limits: fuel=10000000 time=5000
-- expect: finished false | outOfFuel
local function h(e) return xpcall(error, h, e) and 1 or error(e) end
return (xpcall(error, h, "x"))
