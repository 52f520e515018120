-- A table of removed keys is traversed again and again.
-- limits: fuel=5000000 time=5000 memory=32000000
-- expect: outOfFuel
local t = {}
for i = 1, 100000 do t["k" .. i] = true end
for i = 1, 99999 do t["k" .. i] = nil end
while true do next(t) end
