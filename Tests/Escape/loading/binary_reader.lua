-- The same, in pieces.
-- expect: finished nil
local pieces = {"\27", "Nj", "\0\1\2\3", ("\255"):rep(1000)}
local n = 0
local f = load(function() n = n + 1 return pieces[n] end)
return f
