-- The clock does not measure a microsecond.
-- limits: fuel=50000000
-- expect: finished true
local seen = {}
local n = 0
for i = 1, 10000 do local c = os.clock() if not seen[c] then seen[c] = true n = n + 1 end end
return n < 200
