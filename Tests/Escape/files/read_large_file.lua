-- A file larger than the memory limit.
-- grants: files
-- limits: bytes=6000000 memory=8000000 fuel=100000000
-- expect: error not enough memory
local f = io.open("big", "w")
local s = ("x"):rep(100000)
for i = 1, 50 do f:write(s) end
f:close()
local t = {}
while true do t[#t + 1] = io.open("big"):read("a") end
