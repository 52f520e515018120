-- The rule `tablesHaveFinalizers` of DialectRules.swift.
local n = 0
do local t = setmetatable({}, {__gc = function() n = n + 1 end}) t = nil end
collectgarbage() collectgarbage()
print(n)
