-- table.concat with a long separator.
-- expect: error not enough memory | error resulting string too large
local t = {}
for i = 1, 10000 do t[i] = "" end
return #table.concat(t, ("x"):rep(100000))
