task.scope(function(s)
  task.nosuspend(function()
    s:spawn(print) -- here
  end)
end)
