-- Recursion without end is an error that can be caught.
-- limits: memory=64000000 fuel=100000000
-- expect: finished false
local function f() return 1 + f() end
return (pcall(f))
