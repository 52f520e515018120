-- Quadratic substitution in a long text.
-- limits: fuel=10000000 time=5000
-- expect: outOfFuel
return (("a"):rep(200000):gsub("a*b", ""))
