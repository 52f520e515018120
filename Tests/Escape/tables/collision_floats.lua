-- The same with floats.
-- limits: fuel=30000000 time=5000 memory=32000000
-- expect: finished 20000
local t = {}
for i = 1, 20000 do t[i * 2.0^-40] = i end
local n = 0
for i = 1, 20000 do if t[i * 2.0^-40] == i then n = n + 1 end end
return n
