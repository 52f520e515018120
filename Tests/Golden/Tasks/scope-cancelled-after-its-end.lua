local kept
task.scope({ name = "short" }, function(s) kept = s end)
kept:cancel("too late") -- here
