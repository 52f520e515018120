-- A chain of __index tables that is a circle.
-- expect: error loop
local a, b = {}, {}
setmetatable(a, {__index = b})
setmetatable(b, {__index = a})
return a.x
