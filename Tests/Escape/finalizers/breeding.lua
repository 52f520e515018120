-- Finalizers that make more objects with finalizers.
-- limits: fuel=20000000 time=10000 memory=8000000
-- expect: outOfFuel | error not enough memory
-- spent: objects that wait for their finalizers are memory of the machine
local mt = {}
mt.__gc = function() for i = 1, 2 do setmetatable({}, mt) end end
setmetatable({}, mt)
while true do collectgarbage() end
