-- string.format copies its arguments.
-- limits: fuel=5000000 time=5000 memory=32000000
-- expect: outOfFuel
local s = ("x"):rep(1000000)
while true do string.format("%s%s", s, s) end
