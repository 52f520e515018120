-- Uses up memory in one task; another one goes on.
-- grants: tasks
-- expect: finished true
local ok, went = nil, 0
task.scope(function(s)
  local h = s:spawn(function()
    return (pcall(function() local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end end))
  end)
  for i = 1, 100 do went = went + 1 task.yield() end
  ok = h:join() == false
end)
return ok and went == 100
