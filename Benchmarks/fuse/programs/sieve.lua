-- Arrays: the sieve of Eratosthenes, several times.
local function sieve(limit)
  local is_prime = {}
  for n = 1, limit do is_prime[n] = true end
  local count = 0
  for n = 2, limit do
    if is_prime[n] then
      count = count + 1
      for multiple = n * n, limit, n do is_prime[multiple] = false end
    end
  end
  return count
end

local total = 0
for _ = 1, 40 do total = total + sieve(200000) end
print(total)
