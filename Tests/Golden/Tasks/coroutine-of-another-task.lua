local co = coroutine.create(function() task.sleep(5) end)
task.scope(function(s)
  s:spawn { name = "first", fn = function() coroutine.resume(co) end }
  task.sleep(1)
  assert(coroutine.resume(co)) -- here
end)
