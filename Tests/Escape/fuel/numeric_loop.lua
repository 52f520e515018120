-- A loop of 2^63 turns without a body.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
for i = math.mininteger, math.maxinteger do end
