task.scope(function(s)
  s:spawn { prio = "urgent", fn = print } -- here
end)
