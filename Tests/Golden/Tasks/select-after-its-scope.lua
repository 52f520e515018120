local op
task.scope({ name = "short" }, function(s)
  op = s:spawn(task.sleep, 1):join_op()
end)
print(task.select { task.after(1), op }) -- here
