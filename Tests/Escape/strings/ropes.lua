-- Concatenations kept apart share nothing they should not.
-- limits: memory=8000000 fuel=200000000
-- expect: error not enough memory
local kept = {}
local s = ("x"):rep(10000)
for i = 1, 1e6 do kept[i] = s .. i end
