-- NaN and nil as keys.
-- expect: finished false false nil
local t = {}
return (pcall(function() t[0/0] = 1 end)), (pcall(function() t[nil] = 1 end)), (next(t))
