-- More local variables than registers.
-- expect: finished nil
local names = {}
for i = 1, 1000 do names[i] = "a" .. i end
return (load("local " .. table.concat(names, ",")))
