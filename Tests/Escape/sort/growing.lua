-- A comparator that makes the table larger meanwhile.
-- limits: fuel=10000000 time=5000
-- expect: finished true
local t = {}
for i = 1, 100 do t[i] = 100 - i end
pcall(table.sort, t, function(a, b) for i = 1, 50 do t[#t + 1] = 0 end return (a or 0) < (b or 0) end)
return true
