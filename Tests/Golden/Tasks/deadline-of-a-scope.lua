task.scope({ name = "checkout", deadline = 2 }, function(s) -- here
  local tx, rx = task.channel(0, "payments")
  s:spawn { name = "charge", fn = function() rx:recv() end }
end)
