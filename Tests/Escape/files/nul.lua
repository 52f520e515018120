-- A zero byte that would cut the name off.
-- grants: folder
-- expect: finished nil true
local f, message = io.open("sub/file\0.txt")
return f, message ~= nil
