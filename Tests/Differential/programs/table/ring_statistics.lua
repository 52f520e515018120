-- Running statistics over windows with plain tables.
local function window(n)
  local buf, i, count, sum = {}, 0, 0, 0
  return function(v)
    i = i % n + 1
    if count == n then sum = sum - buf[i] else count = count + 1 end
    buf[i] = v sum = sum + v
    local mn, mx = math.huge, -math.huge
    for k = 1, count do mn, mx = math.min(mn, buf[k]), math.max(mx, buf[k]) end
    return sum / count, mn, mx
  end
end
local w = window(3)
for _, v in ipairs {5, 1, 9, 4, 4, 10} do print(w(v)) end
local hist = setmetatable({}, {__index = function() return 0 end})
for i = 1, 100 do local b = i * i % 10 hist[b] = hist[b] + 1 end
local ks = {}
for k in pairs(hist) do ks[#ks + 1] = k end
table.sort(ks)
for _, k in ipairs(ks) do io.write(k, ":", hist[k], " ") end
print(hist[3], rawget(hist, 3))
local function median(t)
  local c = table.move(t, 1, #t, 1, {})
  table.sort(c)
  local n = #c
  return n % 2 == 1 and c[n // 2 + 1] or (c[n // 2] + c[n // 2 + 1]) / 2
end
print(median {3, 1, 2}, median {4, 1, 3, 2}, median {7})
local function mode(t)
  local c, best = {}, nil
  for _, v in ipairs(t) do
    c[v] = (c[v] or 0) + 1
    if not best or c[v] > c[best] or c[v] == c[best] and v < best then best = v end
  end
  return best, c[best]
end
print(mode {1, 2, 2, 3, 3})
local cum, run = {}, 0
for i, v in ipairs {1, 2, 3, 4} do run = run + v cum[i] = run end
print(table.concat(cum, " "))
