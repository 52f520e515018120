-- A metatable for each of many objects.
-- limits: memory=4000000 fuel=100000000
-- expect: error not enough memory
local kept = {}
for i = 1, 1e9 do kept[i] = setmetatable({}, {__index = {}, __gc = function() end}) end
