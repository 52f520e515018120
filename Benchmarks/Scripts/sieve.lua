-- Arrays of booleans: the sieve of Eratosthenes, repeated.
local n = tonumber(arg and arg[1]) or 800000

local count, sum
for _ = 1, 12 do
  local composite = {}
  for i = 1, n do composite[i] = false end
  count, sum = 0, 0
  for i = 2, n do
    if not composite[i] then
      count = count + 1
      sum = (sum + i) % 1000000007
      for j = i * i, n, i do composite[j] = true end
    end
  end
end

print(string.format("sieve %d %d %d", n, count, sum))
