-- Recursion through metamethods.
-- limits: memory=64000000 fuel=100000000
-- expect: finished false
local t = setmetatable({}, {})
getmetatable(t).__index = function(t, k) return t[k + 1] end
return (pcall(function() return t[1] end))
