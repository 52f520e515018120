-- Coroutines in coroutines until a limit.
-- limits: memory=64000000 fuel=500000000 time=20000
-- expect: finished true
local n = 0
local function f() n = n + 1 local ok, e = coroutine.resume(coroutine.create(f)) return ok end
f()
return n > 10
