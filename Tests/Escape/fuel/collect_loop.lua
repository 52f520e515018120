-- Full collections cost fuel in proportion to the heap.
-- limits: fuel=20000000 time=10000 memory=32000000
-- expect: outOfFuel
local t = {}
for i = 1, 200000 do t[i] = {} end
while true do collectgarbage() end
