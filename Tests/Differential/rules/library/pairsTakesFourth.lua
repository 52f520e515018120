-- `__pairs` gives four values.
print(select("#", pairs(setmetatable({}, {__pairs = function() return 1, 2, 3, 4, 5 end}))))
print(select("#", pairs({})))
