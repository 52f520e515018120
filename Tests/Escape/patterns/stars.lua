-- Nested repetitions.
-- limits: fuel=10000000 time=5000
-- expect: outOfFuel
return ("a"):rep(100):find((".*"):rep(12) .. "b")
