-- Compiles for ever; text costs fuel.
-- limits: fuel=3000000 time=5000
-- expect: outOfFuel
local text = ("local x = 1 "):rep(150)
while true do load(text) end
