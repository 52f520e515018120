-- A finalizer that needs memory when there is none.
-- limits: memory=8000000 fuel=100000000 time=20000
-- expect: finished true | outOfFuel | error not enough memory
setmetatable({}, {__gc = function() local t = {} for i = 1, 1e9 do t[i] = {i} end end})
collectgarbage()
return true
