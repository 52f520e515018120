-- An error in a finalizer is raised as one in a `__gc` metamethod.
do local t = setmetatable({}, {__gc = function() error("in it", 0) end}) end
local ok, m = pcall(collectgarbage)
print(ok, ok or m)
