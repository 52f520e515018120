-- Keeps all that a stream gives.
-- grants: tasks
-- expect: error memory
local all = {}
for text in task.stream(1, function(emit) while true do emit(("x"):rep(100000)) end end) do
  all[#all + 1] = text .. #all
end
