local search
task.scope(function(s)
  search = s:spawn { name = "search", fn = function() task.sleep(1) end }
end)
task.scope({ name = "later" }, function(s)
  s:spawn(function()
    search:cancel("not needed any more") -- here
  end)
end)
