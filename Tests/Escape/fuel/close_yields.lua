-- A closing method that yields to keep its script alive.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
-- after: reached == nil
local co = coroutine.wrap(function()
  local y <close> = setmetatable({}, {__close = function() coroutine.yield() end})
  while true do end
end)
pcall(co)
reached = true
