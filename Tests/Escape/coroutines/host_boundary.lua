-- Yielding across a call of the host.
-- expect: finished false
local co = coroutine.create(function() reenter(function() coroutine.yield() end) end)
return (coroutine.resume(co))
