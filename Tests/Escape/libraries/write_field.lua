-- Replaces a library function that other scripts use.
-- expect: error read-only
string.upper = function() return "hacked" end
