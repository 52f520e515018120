task.scope({ name = "request", deadline = 1 }, function() -- here
  task.within(5, function()
    task.sleep(10)
  end)
end)
