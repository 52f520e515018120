-- Memory ends, is caught, and all is well again.
-- limits: memory=8000000 fuel=300000000 time=20000
-- expect: finished 5
local caught = 0
for round = 1, 5 do
  local ok, e = pcall(function() local t = {} for i = 1, 1e9 do t[i] = {i} end end)
  if not ok and e == "not enough memory" then caught = caught + 1 end
end
return caught
