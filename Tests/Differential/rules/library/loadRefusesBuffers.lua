-- The mode of `load` cannot have a "B".
print(pcall(function() return (load("return 1", "=x", "tB")) ~= nil end))
