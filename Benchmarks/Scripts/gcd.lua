-- Integer loops: counts coprime pairs with Euclid's algorithm.
local n = tonumber(arg and arg[1]) or 2400

local function gcd(a, b)
  while b ~= 0 do
    a, b = b, a % b
  end
  return a
end

local coprime, sum = 0, 0
for a = 1, n do
  for b = 1, a do
    local g = gcd(a, b)
    if g == 1 then coprime = coprime + 1 end
    sum = sum + g
  end
end

print(string.format("gcd %d %d %d", n, coprime, sum))
