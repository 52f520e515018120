-- A type name that is no string.
-- expect: finished false
local t = setmetatable({}, {__name = {}})
return (pcall(function() return t + 1 end))
