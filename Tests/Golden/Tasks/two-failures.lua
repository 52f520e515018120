task.scope({ name = "pair" }, function(s)
  s:spawn(function() task.sleep(1) error("one failed") end) -- here
  s:spawn(function() task.sleep(1) error("two failed") end)
end)
