task.within(0.01, function() -- here
  while true do end
end)
