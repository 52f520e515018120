-- `tostring` returns all values that `__tostring` does.
print(select("#", tostring(setmetatable({}, {__tostring = function() return "a", "b" end}))))
print(select("#", tostring(setmetatable({}, {__tostring = function() return "a" end}))))
