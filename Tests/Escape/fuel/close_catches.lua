-- Nothing catches a kill, not even in a coroutine under protected calls.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
-- after: reached == nil and closed == 2
closed = 0
local function guard() return setmetatable({}, {__close = function() closed = closed + 1 end}) end
local x <close> = guard()
local co = coroutine.wrap(function()
  local y <close> = guard()
  pcall(function() while true do end end)
  reached = "after pcall"
end)
pcall(co)
reached = "after coroutine"
while true do end
