-- What collectgarbage returns for each option.
print(collectgarbage())
print(collectgarbage("collect"))
print(math.type(collectgarbage("count")), collectgarbage("count") > 1)
print(collectgarbage("stop"), collectgarbage("isrunning"))
print(collectgarbage("restart"), collectgarbage("isrunning"))
print(type(collectgarbage("step")), type(collectgarbage("step", 100)))
-- the mode at the start is the interpreter's own affair
collectgarbage("incremental")
print(collectgarbage("generational"))
print(collectgarbage("generational"))
print(collectgarbage("incremental"))
print(collectgarbage("incremental"))
local old = collectgarbage("setpause", 200)
print(collectgarbage("setpause", old))
local mul = collectgarbage("setstepmul", 400)
print(collectgarbage("setstepmul", mul))
print(pcall(collectgarbage, "nosuch"))
print(pcall(collectgarbage, {}))
print(pcall(collectgarbage, 1))
print(pcall(collectgarbage, "step", "x"))
print(pcall(collectgarbage, nil))
-- count goes down after a collection of garbage
local junk = {}
for i = 1, 20000 do junk[i] = {i} end
local before = collectgarbage("count")
junk = nil
collectgarbage()
print(collectgarbage("count") < before)
