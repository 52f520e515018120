-- Gives tasks and errors names and messages of megabytes, which show up in other messages.
-- grants: tasks
-- limits: fuel=1000000000
-- expect: finished true
local name = ("x"):rep(5 << 20)
for _ = 1, 2 do
  local ok, e = pcall(task.scope, { name = name }, function(s)
    local h = s:spawn({ name = name, fn = function() task.sleep(1e6) end })
    task.yield()
    h:cancel(name)
    h:join()
  end)
  assert(not ok and #e.message < 10000)
  ok, e = pcall(task.scope, function(s)
    s:spawn(error, name, 0)
    s:spawn(error, name, 0)
  end)
  assert(not ok)
  pcall(task.scope, { on_error = name }, print)
  local m = task.mutex(name)
  m:lock()
  assert(not pcall(m.lock, m))
end
return true
