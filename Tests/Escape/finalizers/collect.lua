-- A finalizer that collects.
-- limits: fuel=30000000 time=5000
-- expect: finished true
for i = 1, 20 do setmetatable({}, {__gc = function() collectgarbage() end}) end
collectgarbage()
return true
