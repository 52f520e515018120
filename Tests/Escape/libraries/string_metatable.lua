-- The metatable that all strings share.
-- expect: finished false false
local mt = getmetatable("")
local ok = pcall(function() mt.__index = function() return 1 end end)
return mt, ok
