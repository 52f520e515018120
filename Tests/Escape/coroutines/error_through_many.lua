-- An error that passes thousands of coroutines.
-- limits: memory=64000000 fuel=200000000 time=20000
-- expect: finished false
local function f(n) if n == 0 then error("deep") end return coroutine.wrap(f)(n - 1) end
return (pcall(f, 3000))
