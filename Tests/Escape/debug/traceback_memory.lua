-- A traceback of a deep stack is short.
-- expect: finished true
local function deep(n) if n == 0 then return debug.traceback() end local t = deep(n - 1) return t end
return #deep(10000) < 10000
