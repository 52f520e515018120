-- Keeps some of many strings of 5 to 60 KB, round after round.
-- limits: memory=16000000 fuel=2000000000 time=20000
-- expect: finished true
local kept = {}
for round = 1, 30 do
  local ok, message = pcall(function()
    local all = {}
    while collectgarbage("count") < 15000 do
      all[#all + 1] = ("x"):rep(5000 + (#all * 7919 * round) % 55000)
    end
    for i = 1, #all, round % 3 + 2 do kept[#kept + 1] = all[i] end
  end)
  if not ok and message ~= "not enough memory" then error(message, 0) end
  if round % 6 == 0 then kept = {} end
end
return true
