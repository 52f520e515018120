-- The host calls the script, which calls the host, and so on.
-- expect: finished false
local function f() reenter(f) end
return (pcall(f))
