-- Buffers of open files are memory of the machine.
-- grants: files
-- limits: handles=100000 memory=4000000 fuel=100000000
-- expect: error not enough memory
local open = {}
for i = 1, 1e6 do open[i] = assert(io.open("sub/file")) open[i]:setvbuf("full", 1 << 20) end
