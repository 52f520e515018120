-- os.date with a long format.
-- limits: fuel=5000000 time=10000
-- expect: outOfFuel | error not enough memory
local format = ("%c"):rep(50000)
while true do os.date(format, 0) end
