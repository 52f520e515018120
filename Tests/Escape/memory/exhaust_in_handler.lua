-- A message handler that needs memory when there is none.
-- limits: memory=8000000 fuel=300000000 time=20000
-- expect: finished false | error not enough memory
local t = {}
return (xpcall(
  function() for i = 1, 1e9 do t[i] = {i} end end,
  function(e) local h = {} for i = 1, 1e9 do h[i] = {i} end return e end))
