task.within(1, function() -- here
  defer(function() error("the file would not close", 0) end)
  task.sleep(5)
end)
