-- Tracebacks name functions by how they were called, if they can.
function global() return (debug.traceback("t")) end
local own = global
local r = own()
print((r:gsub("\n%s*%[C%].*", "")))
