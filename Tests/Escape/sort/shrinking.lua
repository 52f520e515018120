-- A comparator that empties the table meanwhile.
-- limits: fuel=10000000 time=5000
-- expect: finished true | outOfFuel
local t = {}
for i = 1, 1000 do t[i] = 1000 - i end
pcall(table.sort, t, function(a, b) for i = #t, 1, -1 do t[i] = nil end collectgarbage() return false end)
return true
