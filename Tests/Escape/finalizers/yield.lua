-- A finalizer that yields.
-- limits: fuel=10000000 time=5000
-- expect: finished true
local co = coroutine.wrap(function()
  for i = 1, 10 do setmetatable({}, {__gc = function() coroutine.yield("stolen") end}) end
  collectgarbage()
  return "whole"
end)
return co() == "whole"
