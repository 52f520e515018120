local quiet
task.scope({ name = "around" }, function(outer)
  outer:spawn { name = "waiter", fn = function()
    task.sleep(1)
    quiet:join() -- here
  end }
  pcall(task.scope, { name = "pair" }, function(s)
    quiet = s:spawn { name = "quiet", fn = function() task.sleep(9) end }
    s:spawn { name = "loud", fn = function() task.sleep(2) error("no route") end }
  end)
end)
