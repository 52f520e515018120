-- Temporary names stay inside.
-- grants: folder
-- expect: finished true
local name = os.tmpname()
local f = io.open(name, "w")
f:write("x")
f:close()
return os.remove(name)
