-- Keys chosen to collide if they were hashed by their low bits.
-- limits: fuel=30000000 time=5000 memory=32000000
-- expect: finished 20000
local t = {}
for i = 1, 20000 do t[i << 32] = i end
local n = 0
for i = 1, 20000 do if t[i << 32] == i then n = n + 1 end end
return n
