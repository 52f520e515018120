-- Properties of random numbers whatever the seed; errors of ranges.
math.randomseed(1234)
local counts = {}
for i = 1, 6000 do local r = math.random(6) counts[r] = (counts[r] or 0) + 1 end
local ok = true
for i = 1, 6 do ok = ok and counts[i] > 800 and counts[i] < 1200 end
print(ok, counts[0], counts[7])
local lo, hi, sum = 1, 0, 0
for i = 1, 5000 do
  local r = math.random()
  lo, hi, sum = math.min(lo, r), math.max(hi, r), sum + r
end
print(lo >= 0, hi < 1, math.abs(sum / 5000 - 0.5) < 0.03)
for _, r in ipairs {{-5, 5}, {0, 0}, {math.mininteger, math.mininteger + 1}, {math.maxinteger - 1,
  math.maxinteger}, {-2, -1}, {1 << 40, 1 << 41}} do
  local good = true
  for i = 1, 200 do
    local v = math.random(r[1], r[2])
    good = good and v >= r[1] and v <= r[2] and math.type(v) == "integer"
  end
  io.write(tostring(good), " ")
end
print()
local seen = {}
for i = 1, 500 do seen[math.random(0) >> 60] = true end
local n = 0
for _ in pairs(seen) do n = n + 1 end
print(n)
math.randomseed(5, 6)
local a = {math.random(), math.random(100), math.random(0)}
math.randomseed(5, 6)
print(a[1] == math.random(), a[2] == math.random(100), a[3] == math.random(0))
local function shuffle(t)
  for i = #t, 2, -1 do local j = math.random(i) t[i], t[j] = t[j], t[i] end
  return t
end
math.randomseed(77)
local s = shuffle {1, 2, 3, 4, 5, 6, 7, 8}
math.randomseed(77)
print(table.concat(s) == table.concat(shuffle {1, 2, 3, 4, 5, 6, 7, 8}), #s)
table.sort(s)
print(table.concat(s))
print(pcall(math.random, 0, -1))
print(pcall(math.random, 5, 4))
print(pcall(math.random, -10))
print(pcall(math.random, 1, 2, 3))
print(pcall(math.random, 1.5))
print(pcall(math.random, "a"))
print(pcall(math.random, 1, {}))
print(math.random(3.0) <= 3, math.random("1", "1"), pcall(math.random, 2^63))
print(select("#", math.random()), math.random(7, 7))
