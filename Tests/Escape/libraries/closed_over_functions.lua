-- A copy of a library is the script's; the library is not.
-- expect: finished hacked ABC
local copy = {}
for k, v in pairs(string) do copy[k] = v end
copy.upper = function() return "hacked" end
return copy.upper("abc"), ("abc"):upper()
