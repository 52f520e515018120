-- Comparing long equal strings costs fuel.
-- limits: fuel=5000000 time=10000 memory=32000000
-- expect: outOfFuel
local a = ("x"):rep(4000000)
local b = ("x"):rep(3999999) .. "x"
while true do local _ = a == b; _ = a < b end
