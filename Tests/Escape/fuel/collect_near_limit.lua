-- Next to the memory limit every little garbage makes a collection; whoever makes it pays.
-- limits: fuel=40000000 time=10000 memory=16000000
-- expect: outOfFuel | error not enough memory
local t = {}
pcall(function() for i = 1, 1e9 do t[i] = {} end end)
for i = #t, #t - 2000, -1 do t[i] = nil end
while true do local x = {} end
