-- Finalizers that fail do not disturb anybody.
-- limits: fuel=10000000 time=5000
-- expect: finished true
for i = 1, 100 do setmetatable({}, {__gc = function() error(setmetatable({}, {__tostring = error})) end}) end
collectgarbage()
collectgarbage()
return true
