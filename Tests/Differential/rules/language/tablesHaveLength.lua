-- The rule `tablesHaveLength` of DialectRules.swift.
print(#setmetatable({1, 2}, {__len = function() return 42 end}))
