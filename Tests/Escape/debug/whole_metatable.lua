-- With the whole library granted: a metatable for all functions.
-- grants: debug
-- expect: finished true
debug.setmetatable(print, {__index = function() error("x") end})
debug.setmetatable(nil, {__call = function() return true end})
return (nil)()
