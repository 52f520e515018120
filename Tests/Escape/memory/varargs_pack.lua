-- table.pack of growing lists.
-- limits: memory=4000000 fuel=100000000
-- expect: error not enough memory | error too many results to unpack | error stack overflow
local t = {1}
while true do t = table.pack(table.unpack(t), table.unpack(t)) for i = 1, #t do t[#t + 1] = i end end
