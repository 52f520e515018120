task.scope(function(s)
  local h = s:spawn { name = "charge", fn = function() task.sleep(9) end }
  task.sleep(1)
  h:cancel("card expired")
  h:join() -- here
end)
