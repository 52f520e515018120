-- tonumber of long numerals.
-- limits: fuel=5000000 time=10000
-- expect: outOfFuel
local s = ("1"):rep(100000)
while true do tonumber(s) tonumber("0x" .. s) tonumber(s, 2) end
