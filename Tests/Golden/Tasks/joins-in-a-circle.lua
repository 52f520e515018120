task.scope(function(s)
  local h = {}
  for i = 1, 3 do
    h[i] = s:spawn { name = "task" .. i, fn = function()
      task.sleep(i)
      h[i % 3 + 1]:join() -- here
    end }
  end
end)
