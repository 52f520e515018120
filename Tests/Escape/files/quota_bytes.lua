-- More bytes than the quota.
-- grants: files
-- limits: bytes=1000
-- expect: finished nil No space left on device
local f = io.open("big", "w")
f:setvbuf("no")
local ok, message
for i = 1, 100 do ok, message = f:write(("x"):rep(100)) if not ok then break end end
return ok, message
