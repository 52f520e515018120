-- A precision that leaves one byte of a long text does not make searching it free.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
local s = ("x"):rep(4000000)
while true do string.format("%.1s", s) end
