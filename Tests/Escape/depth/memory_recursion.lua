-- Recursion until memory ends before the depth does.
-- limits: memory=2000000 fuel=100000000
-- expect: finished false
local function f(...) return 1 + f(1, 2, 3, 4, 5, 6, 7, 8, ...) end
return (pcall(f))
