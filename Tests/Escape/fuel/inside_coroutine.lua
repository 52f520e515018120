-- Never ends inside a coroutine inside a protected call.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
local co = coroutine.create(function() pcall(function() while true do end end) end)
while true do coroutine.resume(co) end
