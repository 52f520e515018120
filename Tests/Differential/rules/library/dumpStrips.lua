-- `string.dump` leaves debug information out when asked.
local f = function(a) local b = a return b.c.d end
local compile = loadstring or load
local g = compile(string.dump(f, true))
print((select(2, pcall(g, {}))))
