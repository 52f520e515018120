-- Comparisons that lie and fail.
-- expect: finished true
local mt = {__eq = function() error("x") end, __lt = function() return nil end, __le = 5}
local a, b = setmetatable({}, mt), setmetatable({}, mt)
pcall(function() return a == b end)
pcall(function() return a <= b end)
return (a < b) == false
