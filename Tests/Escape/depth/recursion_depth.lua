-- The limit of calls, near to it.
-- limits: depth=1000
-- expect: finished true
local n = 0
local function f() n = n + 1 f() end
pcall(f)
return n > 900 and n <= 1000
