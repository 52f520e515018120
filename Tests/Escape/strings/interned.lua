-- Short strings fill the table of interned strings.
-- limits: memory=8000000 fuel=200000000
-- expect: error not enough memory
local kept = {}
for i = 1, 1e7 do kept[i] = "k" .. i end
