local a, b = task.mutex("accounts"), task.mutex("books")
task.scope(function(s)
  s:spawn { name = "first", fn = function() a:with(function() task.sleep(1) b:with(print) end) end }
  s:spawn { name = "second", fn = function()
    b:with(function()
      task.sleep(2)
      a:with(print) -- here
    end)
  end }
end)
