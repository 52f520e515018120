-- A limit so small that hardly anything fits.
-- limits: memory=400000 fuel=10000000
-- expect: error not enough memory
local t = {}
for i = 1, 1e9 do t[i] = i end
