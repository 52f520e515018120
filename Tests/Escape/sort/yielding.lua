-- A comparator that yields out of the sort and is never resumed.
-- expect: finished true
for i = 1, 100 do
  local co = coroutine.create(function() table.sort({3, 2, 1}, function() coroutine.yield() return false end) end)
  coroutine.resume(co)
end
collectgarbage()
return true
