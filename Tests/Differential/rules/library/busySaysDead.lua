-- A coroutine that has handed all its values on counts as dead.
local w
w = coroutine.wrap(function() return pcall(w) end)
print(w())
local co
co = coroutine.create(function() return coroutine.resume(co) end)
print(coroutine.resume(co))
