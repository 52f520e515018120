-- Climbs through the sizes of cells and leaves one living string in every fourth page on every step.
-- limits: memory=16000000 fuel=2000000000 time=20000
-- expect: finished true true
local kept, steps = {}, 0
local ok, message = pcall(function()
  for size = 50, 8000, 150 do
    local all = {}
    while collectgarbage("count") < 12000 do all[#all + 1] = ("x"):rep(size) .. #all end
    for i = 1, #all, 16000 // size + 1 do kept[#kept + 1] = all[i] end
    all = nil
    collectgarbage()
    steps = steps + 1
  end
end)
kept = nil
collectgarbage()
local again = {}
while collectgarbage("count") < 14000 do again[#again + 1] = { #again } end
return ok or message == "not enough memory", steps > 1
