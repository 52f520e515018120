-- A comparator that throws dice.
-- limits: fuel=30000000 time=5000
-- expect: finished 2000
local t = {}
for i = 1, 2000 do t[i] = i end
pcall(table.sort, t, function() return math.random() < 0.5 end)
return #t
