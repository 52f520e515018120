-- Calls with three arguments and calls as arguments: Takeuchi's function.
local n = tonumber(arg and arg[1]) or 20

local function tak(x, y, z)
  if y >= x then return z end
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
end

local sum = 0
for k = 1, 5 do
  sum = sum + tak(n + k, n - 6, 6)
end
print(string.format("tak %d %d", n, sum))
