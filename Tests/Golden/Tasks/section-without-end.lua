task.scope({ grace = 0.1 }, function(s)
  local h = s:spawn { name = "stubborn", fn = function()
    task.nosuspend(function()
      while true do end -- here
    end)
  end }
  h:cancel("not needed any more")
  h:join()
end)
