-- Concatenation metamethods in one another.
-- limits: memory=64000000 fuel=100000000
-- expect: finished false
local t = setmetatable({}, {})
getmetatable(t).__concat = function(a, b) return a .. b end
return (pcall(function() return t .. "x" end))
