-- Each task opens a scope and starts two more.
-- grants: tasks
-- expect: error memory | outOfFuel
-- spent: tasks that had no fuel left to clean up are still there
local function bomb()
  task.scope(function(s)
    s:spawn(bomb)
    s:spawn(bomb)
  end)
end
bomb()
