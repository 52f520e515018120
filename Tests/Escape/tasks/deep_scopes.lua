-- Opens a scope in a scope without end.
-- grants: tasks
-- expect: finished false
local function deep() return task.scope(function() return deep() end) end
return (pcall(deep))
