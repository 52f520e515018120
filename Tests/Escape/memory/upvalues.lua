-- Captured variables and the closures of loops.
-- limits: memory=4000000 fuel=100000000
-- expect: error not enough memory
local list
for i = 1, 1e9 do local v = i local next = list list = function() return v, next end end
