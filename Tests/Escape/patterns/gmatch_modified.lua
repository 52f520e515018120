-- An anchored gmatch and matches of nothing still end.
-- expect: finished true
local n = 0
for _ in ("x"):rep(1000):gmatch("") do n = n + 1 end
return n == 1001
