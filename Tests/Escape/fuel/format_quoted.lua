-- string.format %q walks its argument.
-- limits: fuel=5000000 time=5000 memory=32000000
-- expect: outOfFuel
local s = ("\n"):rep(500000)
while true do string.format("%q", s) end
