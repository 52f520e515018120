-- Random numbers come from the seed: the same run, the same numbers.
-- expect: finished true
local a = math.random(1 << 30)
math.randomseed(1, 2)
local b = math.random(1 << 30)
math.randomseed(1, 2)
return b == math.random(1 << 30) and a ~= b
