local quiet
pcall(task.scope, { name = "pair" }, function(s)
  quiet = s:spawn { name = "quiet", fn = function() task.sleep(9) end }
  s:spawn { name = "loud", fn = function() error("no route") end }
end)
quiet:join() -- here
