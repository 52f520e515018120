-- table.concat over a range without end fails at its first hole.
-- limits: fuel=5000000 time=5000
-- expect: error invalid value
table.concat({}, ",", 1, math.maxinteger)
