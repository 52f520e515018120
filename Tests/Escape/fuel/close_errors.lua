-- Closing methods that raise errors do not end the unwinding.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
-- after: closed == 3
closed = 0
local function guard()
  return setmetatable({}, {__close = function() closed = closed + 1 error("no") end})
end
local a <close> = guard()
local b <close> = guard()
local c <close> = guard()
while true do end
