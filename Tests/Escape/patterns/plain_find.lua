-- Plain search with the worst needle.
-- limits: fuel=10000000 time=5000
-- expect: outOfFuel | finished nil
local hay = ("a"):rep(1000000)
local needle = ("a"):rep(1000) .. "b"
for i = 1, 1000 do hay:find(needle, 1, true) end
return nil
