-- A seek far beyond the end would make a huge file.
-- grants: files
-- expect: finished true
local f = io.open("sparse", "w")
f:seek("set", 1 << 40)
f:write("x")
return f:close() == nil
