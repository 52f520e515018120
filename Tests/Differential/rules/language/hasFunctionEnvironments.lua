-- The rule `hasFunctionEnvironments` of DialectRules.swift.
print(setfenv ~= nil, getfenv ~= nil, _ENV ~= nil)
local f = function() return x end
if setfenv then print(setfenv(f, {x = "own"}) == f, f()) end
