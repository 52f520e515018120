-- print calls the script's own methods; they are metered.
-- grants: streams
-- limits: fuel=2000000 time=5000
-- expect: outOfFuel
print(setmetatable({}, {__tostring = function() while true do end end}))
