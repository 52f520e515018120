-- Looking for a module in very many places costs fuel.
-- limits: fuel=5000000 time=10000
-- grants: files
-- expect: outOfFuel
local path = ("?;"):rep(1000)
while true do package.searchpath("m", path) end
