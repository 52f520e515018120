-- A finalizer sees its script's globals and nothing else.
-- grants: globals
-- limits: fuel=5000000 time=5000
-- expect: finished true
-- after: leaked == nil
setmetatable({}, {__gc = function() leaked = true end})
collectgarbage()
return leaked
