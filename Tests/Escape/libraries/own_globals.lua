-- A script with its own globals changes them as it likes; nobody else sees it.
-- grants: globals
-- expect: finished mine nil
-- after: x == nil and type(pairs) == "function" and tostring(1) == "1"
x = 1
pairs = nil
tostring = function() return "mine" end
return tostring(1), pairs
