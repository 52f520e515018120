-- Long sets tried at every place.
-- limits: fuel=10000000 time=5000
-- expect: outOfFuel
local set = "[^" .. ("a"):rep(50000) .. "]"
while true do ("a"):rep(1000):find(set) end
