-- The quota holds for a folder of the host.
-- grants: folder
-- limits: bytes=1000 files=3
-- expect: finished true nil
local n = 0
for i = 1, 10 do local f = io.open("f" .. i, "w") if f then n = n + 1 f:close() end end
local f = io.open("sub/file", "a")
f:setvbuf("no")
return n <= 3, (f:write(("x"):rep(2000)))
