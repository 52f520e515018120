-- More files than the quota.
-- grants: files
-- limits: files=10
-- expect: finished true
local n = 0
for i = 1, 100 do local f = io.open("f" .. i, "w") if f then n = n + 1 f:close() end end
return n < 10
