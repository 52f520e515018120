-- Makes channels until memory is out.
-- grants: tasks
-- limits: fuel=200000000
-- expect: error memory
local all = {}
while true do all[#all + 1] = { task.channel(0) } end
