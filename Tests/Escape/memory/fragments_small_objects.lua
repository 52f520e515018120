-- Keeps every other small object and fills the room between with larger ones.
-- limits: memory=16000000 fuel=400000000 time=20000
-- expect: finished true true
local function fill(make, kilobytes)
  local all = {}
  while collectgarbage("count") < kilobytes do all[#all + 1] = make(#all + 1) end
  return all
end
local kept = fill(function(i) return { i } end, 14000)
for i = 1, #kept, 2 do kept[i] = false end
collectgarbage()
local made = 0
local ok, message = pcall(function()
  local more = {}
  while true do
    more[#more + 1] = { 1, 2, 3, 4, 5, 6, 7, 8, #more }
    made = #more
  end
end)
kept = nil
return not ok and message == "not enough memory", made > 1000
