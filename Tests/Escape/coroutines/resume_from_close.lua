-- A closing method that resumes its own coroutine.
-- expect: finished true
local co
co = coroutine.create(function()
  local x <close> = setmetatable({}, {__close = function() coroutine.resume(co) coroutine.close(co) end})
  coroutine.yield()
end)
coroutine.resume(co)
pcall(coroutine.close, co)
return true
