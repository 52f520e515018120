-- Copies of a long string.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
local s = ("x"):rep(1000000)
while true do s:upper() s:reverse() s:sub(2) end
