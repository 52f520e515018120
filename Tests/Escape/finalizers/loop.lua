-- A finalizer that never ends costs its script's fuel.
-- limits: fuel=3000000 time=5000
-- expect: outOfFuel
setmetatable({}, {__gc = function() while true do end end})
collectgarbage()
