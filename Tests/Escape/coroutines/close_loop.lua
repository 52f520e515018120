-- Closing a coroutine whose variables resist.
-- limits: fuel=3000000 time=5000
-- expect: outOfFuel
local co = coroutine.create(function()
  local x <close> = setmetatable({}, {__close = function() while true do end end})
  coroutine.yield()
end)
coroutine.resume(co)
coroutine.close(co)
