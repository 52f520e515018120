task.map({ 1, 2, 3 }, function(x) return x end) -- here
