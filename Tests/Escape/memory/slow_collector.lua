-- Nor do its knobs.
-- limits: memory=8000000 fuel=200000000 time=20000
-- expect: finished true
collectgarbage("setpause", 1000000)
collectgarbage("setstepmul", 1)
collectgarbage("generational")
collectgarbage("incremental", 1000000, 1, 60)
for i = 1, 1000000 do local t = {i} end
return true
