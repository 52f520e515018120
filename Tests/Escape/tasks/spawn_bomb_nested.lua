-- Each task opens a scope and starts two more.
-- grants: tasks
-- expect: error memory | outOfFuel
local function bomb()
  task.scope(function(s)
    s:spawn(bomb)
    s:spawn(bomb)
  end)
end
bomb()
