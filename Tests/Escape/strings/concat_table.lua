-- table.concat that repeats one long string.
-- expect: error not enough memory | error resulting string too large
local t = {}
local s = ("x"):rep(100000)
for i = 1, 10000 do t[i] = s end
return #table.concat(t)
