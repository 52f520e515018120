-- Values passed in ever larger numbers.
-- limits: memory=32000000 fuel=100000000
-- expect: finished true
local co = coroutine.wrap(function(...) local t = table.pack(...) while true do t = table.pack(coroutine.yield(table.unpack(t))) end end)
for n = 1, 2000000, 200000 do
  local args = {}
  for i = 1, n do args[i] = i end
  if not pcall(function() co(table.unpack(args)) end) then return true end
end
return true
