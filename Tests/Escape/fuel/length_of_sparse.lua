-- The border of a sparse table asked for again and again.
-- limits: fuel=2000000 time=5000
-- expect: outOfFuel
local t = {}
for i = 1, 60 do t[1 << i] = true end
while true do local _ = #t end
