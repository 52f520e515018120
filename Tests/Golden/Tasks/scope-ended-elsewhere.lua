local kept
task.scope({ name = "short" }, function(s) kept = s end)
task.scope({ name = "long" }, function(s)
  s:spawn { name = "late", fn = function()
    task.sleep(1)
    kept:spawn(print) -- here
  end }
end)
