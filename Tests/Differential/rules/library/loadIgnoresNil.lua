-- `load` with nil as environment takes the globals.
local ok, f = pcall(load, "return print ~= nil", "=x", "t", nil)
print(pcall(ok and f or function() return "no environments" end))
