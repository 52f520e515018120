-- One array until memory ends.
-- limits: memory=8000000 fuel=100000000
-- expect: error not enough memory
local t = {}
for i = 1, 1e9 do t[i] = i end
