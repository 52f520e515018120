-- A chain of __call metamethods.
-- limits: fuel=50000000 time=5000
-- expect: finished false
local f = print
for i = 1, 10000 do f = setmetatable({}, {__call = f}) end
return (pcall(f))
