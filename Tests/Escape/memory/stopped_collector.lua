-- Stopping the collector does not stop the limit.
-- limits: memory=8000000 fuel=200000000 time=20000
-- expect: finished true
collectgarbage("stop")
for i = 1, 1000000 do local t = {i} end
return true
