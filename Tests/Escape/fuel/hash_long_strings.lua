-- Long strings as keys are hashed; that costs fuel.
-- limits: fuel=5000000 time=10000 memory=64000000
-- expect: outOfFuel
local s = ("x"):rep(2000000)
local t = {}
local i = 0
while true do i = i + 1; local k = s .. i; t[k] = nil; local _ = t[k] end
