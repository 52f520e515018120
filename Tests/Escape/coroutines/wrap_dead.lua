-- Dead and running coroutines resumed.
-- expect: finished false false false
local co = coroutine.create(function() end)
coroutine.resume(co)
local self
self = coroutine.wrap(function() return pcall(self) end)
return (coroutine.resume(co)), (self()), (pcall(coroutine.close, coroutine.running()))
