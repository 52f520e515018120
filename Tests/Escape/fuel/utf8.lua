-- utf8 functions walk their strings.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
local s = ("\u{10FFFF}"):rep(200000)
while true do utf8.len(s) utf8.offset(s, -1) end
