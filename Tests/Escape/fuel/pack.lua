-- string.pack and unpack of large strings.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
local s = ("x"):rep(1000000)
while true do string.unpack("s4", string.pack("s4", s)) end
