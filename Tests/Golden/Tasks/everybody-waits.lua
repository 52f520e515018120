task.scope({ name = "work" }, function(s)
  s:spawn { name = "left", fn = function() task.event("a"):wait() end } -- here
  s:spawn { name = "right", fn = function() task.event("b"):wait() end }
end)
