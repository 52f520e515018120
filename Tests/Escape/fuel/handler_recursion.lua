-- A handler that fails in the handler.
-- limits: fuel=5000000 time=5000
-- expect: finished false
local function handler() error("again") end
return (xpcall(error, handler))
