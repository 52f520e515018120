-- Writing a field of a string must not reach the library.
-- expect: error
-- after: string.evil == nil
local s = "abc"
s.evil = function() end
