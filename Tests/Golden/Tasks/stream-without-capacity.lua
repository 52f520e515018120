local stream = task.stream(function(emit) emit(1) end) -- here
