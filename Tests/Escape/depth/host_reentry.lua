-- The host calls the script, which calls the host, …
-- expect: finished false
local function f() reenter(f) end
return (pcall(f))
