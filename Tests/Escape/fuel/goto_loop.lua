-- The same with goto.
-- limits: fuel=1000000 time=5000
-- expect: outOfFuel
::again:: goto again
