-- Errors, for ever.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
while true do pcall(error) end
