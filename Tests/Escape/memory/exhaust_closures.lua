-- The same with closures.
-- limits: memory=8000000 fuel=300000000 time=20000
-- expect: finished 3
local caught = 0
for round = 1, 3 do
  local ok = pcall(function() local t = {} for i = 1, 1e9 do local x = i t[i] = function() x = x + 1 return x end end end)
  if not ok then caught = caught + 1 end
end
return caught
