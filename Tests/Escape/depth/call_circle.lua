-- An object that calls itself to be called.
-- limits: fuel=50000000 time=5000
-- expect: finished false
local t = {}
setmetatable(t, {__call = t})
return (pcall(t))
