task.within(0, function() -- here
  task.checkpoint()
end)
