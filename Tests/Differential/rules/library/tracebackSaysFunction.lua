-- Tracebacks say "function" whatever a function was called by.
local t = {}
function t.field() return (debug.traceback("t", 1)) end
function t:method() local r = self.field() return r end
local r = t:method()
print((r:gsub("\n%s*%[C%].*", "")))
