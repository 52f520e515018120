-- Grows and shrinks arrays and hash parts of all sizes and keeps some of each round.
-- limits: memory=16000000 fuel=2000000000 time=20000
-- expect: finished true
local kept = {}
for round = 1, 12 do
  local ok, message = pcall(function()
    local all = {}
    while collectgarbage("count") < 15000 do
      local n, t = (#all * 37 + round * 211) % 3000, {}
      if round % 2 == 0 then
        for i = 1, n do t[i] = i end
      else
        for i = 1, n do t["k" .. i % 700] = i end
      end
      all[#all + 1] = t
    end
    for i = 1, #all, 5 do
      for k in pairs(all[i]) do if k ~= 1 then all[i][k] = nil end end
      all[i].more = i
      kept[#kept + 1] = all[i]
    end
  end)
  if not ok and message ~= "not enough memory" then error(message, 0) end
  if round % 4 == 0 then kept = {} end
end
return true
