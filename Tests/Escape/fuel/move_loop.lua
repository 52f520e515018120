-- table.move of a large range.
-- limits: fuel=5000000 time=5000 memory=32000000
-- expect: outOfFuel
local t = {}
for i = 1, 200000 do t[i] = i end
while true do table.move(t, 1, #t, 2) end
