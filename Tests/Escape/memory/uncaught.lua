-- Memory ends and nobody catches it; the machine goes on.
-- limits: memory=8000000 fuel=100000000
-- expect: error not enough memory
local t = {}
for i = 1, 1e9 do t[i] = {} end
