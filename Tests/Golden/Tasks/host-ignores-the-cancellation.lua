task.scope({ name = "upload", grace = 1, deadline = 2 }, function()
  host() -- here
end)
