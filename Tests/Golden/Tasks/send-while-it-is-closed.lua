task.scope(function(s)
  local tx, rx = task.channel(0, "lines")
  s:spawn { name = "writer", fn = function()
    tx:send("line") -- here
  end }
  task.sleep(1)
  rx:close()
end)
