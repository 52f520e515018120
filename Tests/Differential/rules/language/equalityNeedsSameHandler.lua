-- The rule `equalityNeedsSameHandler` of DialectRules.swift.
local a = setmetatable({}, {__eq = function() return true end})
local b = setmetatable({}, {__eq = function() return true end})
print(a == b, a ~= b, a == {}, rawequal(a, b))
