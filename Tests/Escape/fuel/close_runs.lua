-- A killed script's variables are closed, with what they may do.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
-- after: closed == "closed"
local x <close> = setmetatable({}, {__close = function() closed = "closed" end})
while true do end
