-- Many small tables.
-- limits: memory=8000000 fuel=100000000
-- expect: error not enough memory
local t
while true do t = {t} end
