-- `coroutine.close` may close the running coroutine.
local closes = coroutine.close or function() error("no close", 0) end
local co = coroutine.create(function() closes() end)
print((coroutine.resume(co)))
