-- __pairs and __metatable that misbehave.
-- expect: finished false false
local t = setmetatable({}, {__pairs = function() error("x") end, __metatable = setmetatable({}, {__index = error})})
return (pcall(pairs, t)), (pcall(setmetatable, t, {}))
