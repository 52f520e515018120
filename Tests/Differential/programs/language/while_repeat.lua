-- while and repeat loops: conditions, breaks, locals in until.
local i = 0
while i < 3 do i = i + 1 if i == 2 then goto c end io.write(i, " ") ::c:: end print()
repeat i = i - 1 local stop = i == 0 io.write(i, " ") until stop print()
local n = 0
while true do n = n + 1 if n > 5 then break end while true do n = n + 1 break end end print(n)
repeat n = n - 1 if n % 2 == 0 then break end until n < 0 print(n)
while nil do error("never") end
while false do error("never") end
repeat until true
repeat local x <const> = 5 until x == 5
local fs = {}
repeat local v = #fs fs[#fs + 1] = function() return v end until v >= 2
print(fs[1](), fs[2](), fs[3]())
-- until sees locals captured by closures
local k = 0
repeat local a = k local f = function() return a end k = k + 1 until f() >= 3 print(k)
-- collatz, gcd, primes
local function collatz(x)
  local c = 0
  while x ~= 1 do x = x % 2 == 0 and x // 2 or 3 * x + 1 c = c + 1 end
  return c
end
print(collatz(27), collatz(97))
local function gcd(a, b) while b ~= 0 do a, b = b, a % b end return a end
print(gcd(1071, 462), gcd(0, 5), gcd(17, 13))
local primes, c = {}, 2
while #primes < 15 do
  local p = true
  for _, q in ipairs(primes) do
    if q * q > c then break end
    if c % q == 0 then p = false break end
  end
  if p then primes[#primes + 1] = c end
  c = c + 1
end
print(table.concat(primes, " "))
while (function() n = n + 1 return n < 10 end)() do end print(n)
