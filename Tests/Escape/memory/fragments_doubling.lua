-- One array doubles beside strings that keep it from growing in its place, again and again.
-- limits: memory=16000000 fuel=3000000000 time=20000
-- expect: finished true
for round = 1, 20 do
  local ok, message = pcall(function()
    local t, small = {}, {}
    for i = 1, 1e9 do
      t[i] = i
      if i % 64 == 0 then small[#small + 1] = ("x"):rep(i % 9000) end
    end
  end)
  if ok or message ~= "not enough memory" then error(message, 0) end
end
return true
