-- Uses handles and scopes after their end.
-- grants: tasks
-- expect: finished false false
local scope, handle
task.scope(function(s) scope = s handle = s:spawn(function() return 1 end) end)
local first = pcall(scope.spawn, scope, print)
local second = pcall(function() setmetatable(handle, {}) end)
return tostring(first) .. " " .. tostring(second)
