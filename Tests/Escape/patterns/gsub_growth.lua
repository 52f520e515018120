-- Substitution that makes its text a million times longer.
-- limits: fuel=100000000 time=10000 memory=16000000
-- expect: error not enough memory | error resulting string too large
local s = ("x"):rep(10000)
return #s:gsub("x", ("y"):rep(10000))
