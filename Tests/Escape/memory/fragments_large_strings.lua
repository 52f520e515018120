-- Keeps every other string of eight kilobytes and asks for strings of twelve.
-- limits: memory=16000000 fuel=400000000 time=20000
-- expect: finished true true
local function fill(make, kilobytes)
  local all = {}
  while collectgarbage("count") < kilobytes do all[#all + 1] = make(#all + 1) end
  return all
end
local kept = fill(function(i) return ("x"):rep(8300 + i % 3) end, 15000)
for i = 1, #kept, 2 do kept[i] = false end
collectgarbage()
local made = 0
local ok, message = pcall(function()
  local more = {}
  while true do
    more[#more + 1] = ("y"):rep(12500 + #more % 3)
    made = #more
  end
end)
kept = nil
return not ok and message == "not enough memory", made > 200
