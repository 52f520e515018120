-- table.concat of a table that answers every index.
-- limits: fuel=5000000 time=5000 memory=16000000
-- expect: outOfFuel | error not enough memory
table.concat(setmetatable({}, {__index = function() return "" end}), "", 1, math.maxinteger)
