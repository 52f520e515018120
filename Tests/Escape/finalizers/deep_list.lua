-- A list of a million objects is freed without recursion.
-- limits: fuel=100000000 memory=64000000 time=20000
-- expect: finished true
local list
for i = 1, 300000 do list = {next = list} end
list = nil
collectgarbage()
return true
