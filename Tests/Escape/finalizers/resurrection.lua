-- Finalizers that bring their objects back, for ever.
-- limits: fuel=10000000 time=10000
-- expect: outOfFuel
local mt = {}
mt.__gc = function(o) setmetatable(o, mt) end
for i = 1, 100 do setmetatable({}, mt) end
while true do collectgarbage() end
