-- A closing method starts the work anew in a coroutine.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
local function work() while true do end end
local x <close> = setmetatable({}, {__close = function() coroutine.wrap(work)() end})
work()
