-- %b on a text that never balances.
-- limits: fuel=10000000 time=5000
-- expect: outOfFuel
return ("("):rep(100000):gsub("%b()", "")
