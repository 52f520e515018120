-- Functions that copy stop at the memory limit.
-- limits: memory=8000000
-- expect: error not enough memory
local kept = {}
local s = ("x"):rep(1000000)
for i = 1, 100 do kept[i] = s:upper():lower():reverse() end
