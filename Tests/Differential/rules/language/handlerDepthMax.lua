-- The rule `handlerDepthMax` of DialectRules.swift.
local n = 0
local ok, m = xpcall(function() error("first", 0) end, function() n = n + 1 error("again", 0) end)
print(ok, m, n > 1, n > 100)
