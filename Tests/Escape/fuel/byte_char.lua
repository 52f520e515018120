-- string.byte and string.char of many.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
local s = ("x"):rep(10000)
while true do string.char(s:byte(1, -1)) end
