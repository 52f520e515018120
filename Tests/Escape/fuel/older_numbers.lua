-- Neither is reading numbers in long texts free in older dialects.
-- limits: fuel=5000000 time=5000
-- grants: files
-- expect: outOfFuel
local f = io.open("older.lua", "w")
f:write([[
-- lua: 5.1
local s = (" "):rep(1000000)
while true do local n = tonumber(s) end
]]):close()
return dofile("older.lua")
