-- The clock stops it where fuel does not.
-- limits: fuel=1000000000000 time=200
-- expect: deadline
while true do end
