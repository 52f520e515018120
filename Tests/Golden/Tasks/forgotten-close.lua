task.scope(function(s)
  local tx, rx = task.channel(4, "jobs")
  s:spawn { name = "producer", fn = function() for i = 1, 3 do tx:send(i) end end }
  s:spawn { name = "consumer", fn = function()
    for job in rx do -- here
      task.sleep(job)
    end
  end }
end)
