-- Strings that differ in a few places only.
-- limits: fuel=50000000 time=10000 memory=64000000
-- expect: finished 20000
local t = {}
local pad = ("\0"):rep(30)
for i = 1, 20000 do t[pad .. string.pack("i4", i)] = i end
local n = 0
for i = 1, 20000 do if t[pad .. string.pack("i4", i)] == i then n = n + 1 end end
return n
