-- A length metamethod that lies.
-- limits: fuel=5000000 time=5000
-- expect: finished true | outOfFuel | error not enough memory
local t = setmetatable({}, {__len = function() return math.maxinteger end})
pcall(table.insert, t, 1)
pcall(table.unpack, t)
pcall(table.remove, t)
pcall(table.sort, t)
pcall(table.concat, t)
return true
