-- Temporary files count.
-- grants: files
-- limits: handles=3
-- expect: finished 3
local open = {}
for i = 1, 10 do open[#open + 1] = io.tmpfile() end
return #open
