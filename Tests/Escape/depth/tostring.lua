-- Recursion through tostring.
-- limits: memory=64000000 fuel=100000000
-- expect: finished false
local t = setmetatable({}, {})
getmetatable(t).__tostring = function(t) return tostring(t) end
return (pcall(tostring, t))
