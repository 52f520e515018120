-- A chain of ephemerons is collected in reasonable time.
-- limits: fuel=100000000 time=10000 memory=32000000
-- expect: finished true | outOfFuel
local t = setmetatable({}, {__mode = "k"})
local first = {}
local k = first
for i = 1, 30000 do local v = {} t[k] = v k = v end
for i = 1, 5 do collectgarbage() end
return t[first] ~= nil
