-- Writes in an overlay never reach the folder.
-- grants: overlay
-- expect: finished changed nil
local f = io.open("sub/file", "w")
f:write("changed")
f:close()
os.remove("mod.lua")
return io.open("sub/file"):read("a"), (io.open("mod.lua"))
