-- More captured variables than a closure may have.
-- limits: memory=64000000 fuel=200000000
-- expect: finished nil
local t = {}
for i = 1, 150 do t[#t + 1] = "local a" .. i .. " = " .. i end
t[#t + 1] = "local function f()"
for i = 1, 150 do t[#t + 1] = "local b" .. i .. " = " .. i end
t[#t + 1] = "return function() return 0"
for i = 1, 150 do t[#t + 1] = "+ a" .. i .. " + b" .. i end
t[#t + 1] = "end end"
return (load(table.concat(t, "\n")))
