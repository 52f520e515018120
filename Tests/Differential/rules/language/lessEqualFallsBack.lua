-- The rule `lessEqualFallsBack` of DialectRules.swift.
local mt = {__lt = function(a, b) return a.x < b.x end}
local a, b = setmetatable({x = 1}, mt), setmetatable({x = 2}, mt)
print(pcall(function() return a <= b, b <= a end))
