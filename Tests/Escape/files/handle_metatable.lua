-- The metatable that all files share.
-- grants: files
-- expect: finished false false
local mt = getmetatable(io.open("sub/file"))
return mt, (pcall(function() io.open("sub/file").read = 1 end))
