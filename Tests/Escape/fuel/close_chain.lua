-- Thousands of variables to be closed, none of which ends.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
local function f(n)
  local x <close> = setmetatable({}, {__close = function() while true do end end})
  if n > 0 then f(n - 1) end
  while true do end
end
f(1000)
