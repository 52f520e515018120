-- _G is the script's own table, whichever way it is asked for.
-- grants: globals
-- expect: finished true true
-- after: leaked == nil
_G.leaked = 1
_ENV.leaked2 = 2
return _G == _ENV, load("return _G")() == _G
