local numbers = coroutine.wrap(function()
  task.within(5, function()
    coroutine.yield(1) -- here
  end)
end)
print(numbers())
