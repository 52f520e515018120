-- A stack overflow handled by a handler that overflows.
-- limits: memory=64000000 fuel=500000000 time=20000
-- expect: finished false
local function f() return f() + 1 end
return (xpcall(f, function() return f() end))
