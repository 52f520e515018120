-- A comparator that lies.
-- limits: fuel=10000000 time=5000
-- expect: finished 1000
local t = {}
for i = 1, 1000 do t[i] = i end
pcall(table.sort, t, function() return true end)
return #t
