-- Long strings made again and again.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
local s = ("x"):rep(1000000)
while true do local t = s .. "y" end
