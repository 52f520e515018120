-- Protected calls in protected calls.
-- limits: memory=64000000 fuel=500000000 time=20000
-- expect: finished true
local function f() return pcall(f) end
return (f())
