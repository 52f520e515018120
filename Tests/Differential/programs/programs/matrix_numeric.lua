-- Numeric methods: Gauss elimination, Newton, Simpson, primes, rational numbers, statistics.
local function solve(a, b)
  local n = #a
  for i = 1, n do
    local p = i
    for r = i + 1, n do if math.abs(a[r][i]) > math.abs(a[p][i]) then p = r end end
    a[i], a[p], b[i], b[p] = a[p], a[i], b[p], b[i]
    for r = i + 1, n do
      local f = a[r][i] / a[i][i]
      for c = i, n do a[r][c] = a[r][c] - f * a[i][c] end
      b[r] = b[r] - f * b[i]
    end
  end
  local x = {}
  for i = n, 1, -1 do
    local s = b[i]
    for c = i + 1, n do s = s - a[i][c] * x[c] end
    x[i] = s / a[i][i]
  end
  return x
end
local x = solve({{2, 1, -1}, {-3, -1, 2}, {-2, 1, 2}}, {8, -11, -3})
print(("%.6f %.6f %.6f"):format(x[1], x[2], x[3]))
local function newton(f, df, x0)
  local n = 0
  repeat
    local x1 = x0 - f(x0) / df(x0)
    local d = math.abs(x1 - x0)
    x0 = x1 n = n + 1
  until d < 1e-12 or n > 50
  return x0, n
end
print(("%.10f %d"):format(newton(function(v) return v * v - 2 end, function(v) return 2 * v end, 1)))
local function simpson(f, a, b, n)
  local h, s = (b - a) / n, f(a) + f(b)
  for i = 1, n - 1 do s = s + f(a + i * h) * (i % 2 == 0 and 2 or 4) end
  return s * h / 3
end
print(("%.8f %.8f"):format(simpson(math.sin, 0, math.pi, 100),
  simpson(function(v) return v ^ 3 end, 0, 2, 2)))
local R = {}
R.__index = R
local function gcd(a, b) while b ~= 0 do a, b = b, a % b end return a end
local function rat(n, d)
  d = d or 1
  if d < 0 then n, d = -n, -d end
  local g = gcd(math.abs(n), d)
  return setmetatable({n = n // g, d = d // g}, R)
end
local function R2(v) return getmetatable(v) == R and v or rat(v) end
R.__add = function(a, b) a, b = R2(a), R2(b) return rat(a.n * b.d + b.n * a.d, a.d * b.d) end
R.__mul = function(a, b) a, b = R2(a), R2(b) return rat(a.n * b.n, a.d * b.d) end
R.__sub = function(a, b) return a + R2(b) * -1 end
R.__div = function(a, b) b = R2(b) return a * rat(b.d, b.n) end
R.__eq = function(a, b) return a.n == b.n and a.d == b.d end
R.__lt = function(a, b) a, b = R2(a), R2(b) return a.n * b.d < b.n * a.d end
R.__tostring = function(a) return a.d == 1 and tostring(a.n) or a.n .. "/" .. a.d end
R.__unm = function(a) return rat(-a.n, a.d) end
R.__pow = function(a, k) local r = rat(1) for _ = 1, k do r = r * a end return r end
local h = rat(0)
for i = 1, 10 do h = h + rat(1, i) end
print(h, rat(1, 2) + 1, 2 * rat(3, 4), rat(1, 3) - rat(1, 3), rat(1, 2) / rat(-1, 4), -rat(2, 4),
  rat(2, 3) ^ 3, rat(1, 2) == rat(2, 4), rat(1, 3) < rat(1, 2), 1 < rat(3, 2))
local data = {2, 4, 4, 4, 5, 5, 7, 9}
local function mean(t) local s = 0 for _, v in ipairs(t) do s = s + v end return s / #t end
local m = mean(data)
local var = 0
for _, v in ipairs(data) do var = var + (v - m) ^ 2 end
print(m, math.sqrt(var / #data), var)
table.sort(data)
print((data[4] + data[5]) / 2, math.max(table.unpack(data)), math.min(table.unpack(data)))
local function modpow(b, e, n)
  local r = 1
  b = b % n
  while e > 0 do if e & 1 == 1 then r = r * b % n end b = b * b % n e = e >> 1 end
  return r
end
print(modpow(7, 560, 561), modpow(2, 100, 1000000007), modpow(3, 1000, 13))
local function isprime(n)
  if n < 2 then return false end
  for i = 2, math.floor(math.sqrt(n)) do if n % i == 0 then return false end end
  return true
end
local c = 0
for i = 1, 1000 do if isprime(i) then c = c + 1 end end
print(c, isprime(7919), isprime(7917))
local function factor(n)
  local o = {}
  for p = 2, n do while n % p == 0 do o[#o + 1] = p n = n // p end if p * p > n then break end end
  if n > 1 then o[#o + 1] = n end
  return table.concat(o, "*")
end
print(factor(360), factor(97), factor(123456789))
local pi = 0
for k = 0, 10 do
  pi = pi + (1 / 16 ^ k) * (4 / (8 * k + 1) - 2 / (8 * k + 4) - 1 / (8 * k + 5) - 1 / (8 * k + 6))
end
print(("%.12f"):format(pi))
