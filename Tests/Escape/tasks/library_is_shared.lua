-- Changes the library of tasks and the metatables behind it.
-- grants: tasks
-- expect: finished false false
local first = pcall(function() task.sleep = error end)
local second = pcall(function() getmetatable(task.channel(1)).__index.send = error end)
return tostring(first) .. " " .. tostring(second)
