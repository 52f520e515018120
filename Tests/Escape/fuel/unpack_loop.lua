-- Thousands of results for one call.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
local t = {}
for i = 1, 5000 do t[i] = i end
while true do select("#", table.unpack(t)) end
