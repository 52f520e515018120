-- Closing methods that open variables to be closed.
-- limits: memory=64000000 fuel=100000000
-- expect: finished false
local function f() local x <close> = setmetatable({}, {__close = f}) end
return (pcall(f))
