-- Reading the same bytes of a file again and again costs fuel.
-- limits: fuel=5000000 time=5000
-- grants: files
-- expect: outOfFuel
local f = io.open("digits", "w")
f:write(("1"):rep(50000)):close()
f = io.open("digits")
while true do f:seek("set") f:read("n") f:seek("end", -1) f:read(1) end
