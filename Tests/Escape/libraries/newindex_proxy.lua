-- A proxy in front of a library does not make it writable.
-- expect: error read-only
local proxy = setmetatable({}, {__index = string, __newindex = string})
proxy.upper = 1
