task.scope({ name = "crawl", max_tasks = 3 }, function(s)
  for i = 1, 10 do
    s:spawn(task.sleep, i) -- here
  end
end)
