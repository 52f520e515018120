-- More open files than allowed.
-- grants: files
-- limits: handles=5
-- expect: finished 5
local open = {}
for i = 1, 100 do open[#open + 1] = io.open("sub/file") end
return #open
