-- Numerals that take long to read.
-- limits: fuel=100000000 time=10000
-- expect: finished true
local n = load("return 0." .. ("9"):rep(30000) .. "e-300")
return n == nil or n() < 1
