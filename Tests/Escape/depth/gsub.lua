-- Callbacks in callbacks of the library.
-- limits: memory=64000000 fuel=500000000 time=20000
-- expect: finished false
local function f(x) return (x:gsub(".", f)) end
return (pcall(f, "x"))
