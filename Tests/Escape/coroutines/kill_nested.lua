-- Killed inside many coroutines, each with a variable to close.
-- limits: memory=64000000 fuel=3000000 time=5000
-- expect: outOfFuel
-- after: closed == 100
closed = 0
local function f(n)
  local x <close> = setmetatable({}, {__close = function() closed = closed + 1 end})
  if n > 1 then coroutine.wrap(f)(n - 1) end
  while true do end
end
f(100)
