-- Small algorithms: sieve, matrix, queens, permutations, binary search, string building.
local function sieve(n)
  local c, out = {}, {}
  for i = 2, n do if not c[i] then out[#out + 1] = i for j = i * i, n, i do c[j] = true end end end
  return out
end
local p = sieve(100) print(#p, p[#p], table.concat(p, " ", 1, 10))
local function mul(a, b)
  local r = {}
  for i = 1, #a do
    r[i] = {}
    for j = 1, #b[1] do local s = 0 for k = 1, #b do s = s + a[i][k] * b[k][j] end r[i][j] = s end
  end
  return r
end
local m = mul({{1, 2}, {3, 4}}, {{5, 6}, {7, 8.5}}) print(m[1][1], m[1][2], m[2][1], m[2][2])
local function queens(n)
  local count, cols, d1, d2 = 0, {}, {}, {}
  local function place(r)
    if r > n then count = count + 1 return end
    for c = 1, n do
      if not cols[c] and not d1[r + c] and not d2[r - c] then
        cols[c], d1[r + c], d2[r - c] = true, true, true
        place(r + 1) cols[c], d1[r + c], d2[r - c] = nil
      end
    end
  end
  place(1)
  return count
end
print(queens(5), queens(6))
local function perms(a, n, out)
  n = n or #a out = out or {}
  if n <= 1 then
    out[#out + 1] = table.concat(a)
  else
    for i = 1, n do a[n], a[i] = a[i], a[n] perms(a, n - 1, out) a[n], a[i] = a[i], a[n] end
  end
  return out
end
local ps = perms {"a", "b", "c"} table.sort(ps) print(table.concat(ps, " "))
local function bsearch(t, x)
  local lo, hi = 1, #t
  while lo <= hi do
    local mid = (lo + hi) // 2
    if t[mid] == x then return mid elseif t[mid] < x then lo = mid + 1 else hi = mid - 1 end
  end
end
print(bsearch(p, 53), bsearch(p, 54), bsearch(p, 2), bsearch(p, 97))
local memo = setmetatable({}, {__mode = "k"})
local fibs = {1, 1}
setmetatable(fibs, {__index = function(t, n) local v = t[n - 1] + t[n - 2] t[n] = v return v end})
print(fibs[80])
local words = {}
for w in ("the cat the dog the end"):gmatch("%a+") do words[w] = (words[w] or 0) + 1 end
local ks = {}
for k in pairs(words) do ks[#ks + 1] = k end
table.sort(ks)
for _, k in ipairs(ks) do io.write(k, "=", words[k], " ") end
print()
local function hanoi(n, a, b, c)
  if n == 0 then return 0 end
  return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
end
print(hanoi(10, 1, 2, 3))
local q, head = {}, 1
for i = 1, 5 do q[#q + 1] = i end
local s, tail = 0, #q
while head <= tail do
  s = s * 10 + q[head] q[head] = nil head = head + 1
  if head > 5 then break end
end
print(s)
