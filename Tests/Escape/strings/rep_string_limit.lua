-- The limit of one string, to the byte.
-- limits: string=1000
-- expect: finished 1000 false
return #("x"):rep(1000), (pcall(string.rep, "x", 1001))
