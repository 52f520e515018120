-- The same with a key that is not known when the code is compiled.
-- expect: error read-only
local name = ("upp") .. "er"
string[name] = function() return "hacked" end
