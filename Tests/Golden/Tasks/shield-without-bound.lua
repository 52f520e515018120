task.shield(function() -- here
  task.sleep(1)
end)
