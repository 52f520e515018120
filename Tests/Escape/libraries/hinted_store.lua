-- A store whose place was learnt on a table of the same shape.
-- expect: finished false ABC
local function put(t, f) t.upper = f end
local mine = {}
for k, v in pairs(string) do mine[k] = v end
for i = 1, 100 do put(mine, string.upper) end
local ok = pcall(put, string, function() return "hacked" end)
return ok, ("abc"):upper()
