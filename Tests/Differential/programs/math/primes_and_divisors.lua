-- Sieve, factor counts, perfect numbers, totients and modular inverses.
local N = 200
local spf = {}
for i = 2, N do if not spf[i] then for j = i, N, i do spf[j] = spf[j] or i end end end
local function factors(n)
  local f = {}
  while n > 1 do local p = spf[n] f[p] = (f[p] or 0) + 1 n = n // p end
  return f
end
local function show(n)
  local o, ks = {}, {}
  local f = factors(n)
  for p in pairs(f) do ks[#ks + 1] = p end
  table.sort(ks)
  for _, p in ipairs(ks) do o[#o + 1] = f[p] > 1 and p .. "^" .. f[p] or tostring(p) end
  return table.concat(o, "*")
end
for _, n in ipairs {2, 60, 97, 128, 180, 199} do io.write(n, "=", show(n), " ") end
print()
local function sigma(n)
  local s = 0
  for d = 1, n do if n % d == 0 then s = s + d end end
  return s
end
local perfect = {}
for n = 2, 500 do if sigma(n) == 2 * n then perfect[#perfect + 1] = n end end
print(table.concat(perfect, " "))
local function phi(n)
  local r = n
  for p in pairs(factors(n)) do r = r // p * (p - 1) end
  return r
end
print(phi(1), phi(10), phi(97), phi(180))
local function egcd(a, b)
  if b == 0 then return a, 1, 0 end
  local g, x, y = egcd(b, a % b)
  return g, y, x - a // b * y
end
print(egcd(240, 46))
local function inv(a, m) local g, x = egcd(a, m) if g ~= 1 then return nil end return x % m end
print(inv(3, 11), inv(10, 17), inv(2, 4))
local twins = {}
for i = 3, N - 2 do if spf[i] == i and spf[i + 2] == i + 2 then twins[#twins + 1] = i end end
print(#twins, table.concat(twins, " ", 1, 6))
local g = {}
for i = 4, 30, 2 do
  for p = 2, i do if spf[p] == p and spf[i - p] == i - p then g[#g + 1] = p break end end
end
print(table.concat(g, " "))
