task.scope({ on_error = "ignore" }, function() end) -- here
