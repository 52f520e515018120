local h
pcall(task.scope, { deadline = 0.1, grace = 0.1 }, function(s)
  h = s:spawn { name = "stubborn", fn = function()
    task.nosuspend(function()
      while true do end -- here
    end)
  end }
end)
h:join()
