-- Tail calls need no stack, but fuel.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
local function f() return f() end
f()
