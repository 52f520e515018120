local ready = task.event("ready")
task.scope({ name = "start" }, function(s)
  s:spawn { name = "worker", fn = function()
    ready:wait() -- here
  end }
end)
