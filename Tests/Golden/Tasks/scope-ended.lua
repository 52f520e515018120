local kept
task.scope(function(s) kept = s end)
kept:spawn(print) -- here
