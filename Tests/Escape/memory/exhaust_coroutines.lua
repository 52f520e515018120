-- The same with coroutines.
-- limits: memory=8000000 fuel=300000000 time=20000
-- expect: finished 3
local caught = 0
for round = 1, 3 do
  local ok = pcall(function()
    local t = {}
    for i = 1, 1e9 do
      local co = coroutine.create(function() coroutine.yield() end)
      coroutine.resume(co)
      t[i] = co
    end
  end)
  if not ok then caught = caught + 1 end
end
return caught
