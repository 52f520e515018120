-- A large first index does not make a large array.
-- expect: finished true
local t = {}
t[2^40] = 1
t[math.maxinteger] = 2
t[math.mininteger] = 3
return collectgarbage("count") < 2000
