-- Loops at the edges of integers end.
-- limits: fuel=1000000 time=5000
-- expect: finished 4
local n = 0
for i = math.maxinteger - 1, math.maxinteger do n = n + 1 end
for i = math.mininteger + 1, math.mininteger, -1 do n = n + 1 end
return n
