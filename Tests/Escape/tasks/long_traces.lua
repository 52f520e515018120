-- Fails below thousands of calls in nested coroutines, whose lines make a trace.
-- grants: tasks
-- limits: fuel=1000000000
-- expect: finished true
local function nest(n)
  local function deep(d)
    if d > 0 then
      deep(d - 1)
      return 1
    end
    if n > 0 then
      coroutine.wrap(nest)(n - 1)
      return 1
    end
    error({})
  end
  deep(1000)
  return 1
end
for i = 1, 5 do pcall(task.scope, function(s) s:spawn(nest, 100) end) end
return true
