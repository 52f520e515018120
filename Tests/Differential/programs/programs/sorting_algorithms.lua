-- Hand-written sorts agree with table.sort.
local seed = 7
local function rnd(n) seed = (seed * 16807) % 2147483647 return seed % n end
local function fresh(n) seed = 7 local t = {} for i = 1, n do t[i] = rnd(1000) end return t end
local expected = fresh(150)
table.sort(expected)
local want = table.concat(expected, ",")
local sorts = {}
function sorts.bubble(t)
  for i = #t, 2, -1 do
    local swapped = false
    for j = 1, i - 1 do
      if t[j] > t[j + 1] then t[j], t[j + 1] = t[j + 1], t[j] swapped = true end
    end
    if not swapped then break end
  end
  return t
end
function sorts.insertion(t)
  for i = 2, #t do
    local v, j = t[i], i - 1
    while j > 0 and t[j] > v do t[j + 1] = t[j] j = j - 1 end
    t[j + 1] = v
  end
  return t
end
function sorts.selection(t)
  for i = 1, #t do
    local m = i
    for j = i + 1, #t do if t[j] < t[m] then m = j end end
    t[i], t[m] = t[m], t[i]
  end
  return t
end
function sorts.shell(t)
  local gap = #t // 2
  while gap > 0 do
    for i = gap + 1, #t do
      local v, j = t[i], i
      while j > gap and t[j - gap] > v do t[j] = t[j - gap] j = j - gap end
      t[j] = v
    end
    gap = gap // 2
  end
  return t
end
function sorts.merge(t)
  if #t < 2 then return t end
  local m = #t // 2
  local a, b = sorts.merge {table.unpack(t, 1, m)}, sorts.merge {table.unpack(t, m + 1)}
  local r, i, j = {}, 1, 1
  while i <= #a or j <= #b do
    if j > #b or i <= #a and a[i] <= b[j] then
      r[#r + 1] = a[i] i = i + 1
    else
      r[#r + 1] = b[j] j = j + 1
    end
  end
  return r
end
function sorts.quick(t, lo, hi)
  lo, hi = lo or 1, hi or #t
  if lo < hi then
    local p, i = t[hi], lo
    for j = lo, hi - 1 do if t[j] < p then t[i], t[j] = t[j], t[i] i = i + 1 end end
    t[i], t[hi] = t[hi], t[i] sorts.quick(t, lo, i - 1) sorts.quick(t, i + 1, hi)
  end
  return t
end
function sorts.heap(t)
  local n = #t
  local function sift(i, m)
    while 2 * i <= m do
      local c = 2 * i
      if c < m and t[c] < t[c + 1] then c = c + 1 end
      if t[i] >= t[c] then return end
      t[i], t[c] = t[c], t[i] i = c
    end
  end
  for i = n // 2, 1, -1 do sift(i, n) end
  for i = n, 2, -1 do t[1], t[i] = t[i], t[1] sift(1, i - 1) end
  return t
end
function sorts.counting(t)
  local c = {}
  for _, v in ipairs(t) do c[v] = (c[v] or 0) + 1 end
  local r = {}
  for v = 0, 999 do for _ = 1, c[v] or 0 do r[#r + 1] = v end end
  return r
end
function sorts.radix(t)
  for shift = 0, 8, 4 do
    local b = {}
    for i = 0, 15 do b[i] = {} end
    for _, v in ipairs(t) do local k = b[v >> shift & 15] k[#k + 1] = v end
    t = {}
    for i = 0, 15 do table.move(b[i], 1, #b[i], #t + 1, t) end
  end
  return t
end
local names = {}
for k in pairs(sorts) do names[#names + 1] = k end
table.sort(names)
for _, n in ipairs(names) do
  print(n, table.concat(sorts[n](fresh(150)), ",") == want, #sorts[n] {}, sorts[n] {5}[1])
end
local idx = {}
for i = 1, 10 do idx[i] = {k = i % 3, i = i} end
local function stable(t, less)
  local tagged = {}
  for i, v in ipairs(t) do tagged[i] = {v, i} end
  table.sort(tagged, function(a, b)
    if less(a[1], b[1]) then return true elseif less(b[1], a[1]) then return false end
    return a[2] < b[2]
  end)
  for i, v in ipairs(tagged) do t[i] = v[1] end
  return t
end
for _, v in ipairs(stable(idx, function(a, b) return a.k < b.k end)) do
  io.write(v.k, ":", v.i, " ")
end
print()
