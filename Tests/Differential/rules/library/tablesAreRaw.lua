-- The functions of `table` ask no metamethods but `__len`, and take tables only.
local t = setmetatable({}, {__index = function(_, i) return "i" .. i end, __len = function() return 2 end})
print(pcall(table.concat, t, ","))
local u = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, v .. "!") end})
table.insert(u, "x")
print(u[1])
