-- Deep recursion through a global function: Ackermann's function for small arguments.
local n = tonumber(arg and arg[1]) or 9

function ackermann(m, k)
  if m == 0 then return k + 1 end
  if k == 0 then return ackermann(m - 1, 1) end
  return ackermann(m - 1, ackermann(m, k - 1))
end

local sum = 0
for k = 1, n do sum = sum + ackermann(3, k) end
print(string.format("ackermann %d %d", n, sum))
