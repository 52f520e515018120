-- Variable arguments that grow with each call: moving them costs fuel.
-- limits: memory=16000000 fuel=100000000
-- expect: finished false | outOfFuel
local function f(...) return f(1, ...) end
return (pcall(f))
