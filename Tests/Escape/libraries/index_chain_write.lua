-- A long chain of __newindex tables that ends in a library.
-- expect: error read-only
local t = string
for i = 1, 50 do t = setmetatable({}, {__newindex = t}) end
t.upper = 1
