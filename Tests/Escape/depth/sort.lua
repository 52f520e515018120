-- Sorting in a comparator in sorting.
-- limits: memory=64000000 fuel=500000000 time=20000
-- expect: finished false
local function f() table.sort({1, 2, 3}, f) return true end
return (pcall(f))
