-- A chunk name of several megabytes in every message.
-- limits: memory=32000000 fuel=200000000
-- expect: finished false
local f = load("error('x')", "=" .. ("n"):rep(3000000))
return (pcall(f))
