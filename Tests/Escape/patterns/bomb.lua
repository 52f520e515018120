-- The classic pattern bomb stops within its fuel.
-- limits: fuel=10000000 time=5000
-- expect: outOfFuel
return ("a"):rep(28):find(("a?"):rep(24) .. ("a"):rep(24) .. "b")
