-- A call with a million arguments.
-- limits: memory=64000000 fuel=100000000
-- expect: finished false
local t = {}
for i = 1, 1000000 do t[i] = i end
return (pcall(function() return select("#", table.unpack(t)) end))
