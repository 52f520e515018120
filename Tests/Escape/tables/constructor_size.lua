-- Large constructors.
-- limits: memory=8000000 fuel=100000000
-- expect: error not enough memory
local kept = {}
for i = 1, 1e6 do kept[i] = {1, 2, 3, 4, 5, 6, 7, 8, a = 1, b = 2, c = 3} end
