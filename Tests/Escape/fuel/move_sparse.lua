-- table.move over a range that is not there.
-- limits: fuel=5000000 time=5000
-- expect: outOfFuel
table.move({}, 1, math.maxinteger - 1, 2)
