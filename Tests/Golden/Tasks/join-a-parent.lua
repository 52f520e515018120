local me = task.current()
task.scope(function(s)
  s:spawn { name = "child", fn = function()
    me:join() -- here
  end }
end)
