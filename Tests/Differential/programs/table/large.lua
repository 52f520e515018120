-- Big arrays and maps: growth, shrink, holes and negative keys.
local t = {}
for i = 1, 20000 do t[i] = i end
print(#t)
local sum = 0
for i, v in ipairs(t) do sum = sum + v end
print(sum)
for i = 1, 20000, 2 do t[i] = nil end
sum = 0
for k, v in pairs(t) do sum = sum + v end
print(sum)
for i = 1, 20000 do t[i] = nil end
print(next(t))
for i = -100, 100 do t[i] = i * i end
print(t[-100], t[0], t[100], #t)
local m = {}
for i = 1, 5000 do m["key" .. i % 1000] = (m["key" .. i % 1000] or 0) + 1 end
local n = 0
for k, v in pairs(m) do n = n + 1 assert(v == 5) end
print(n)
local sparse = {}
for i = 0, 30 do sparse[1 << i] = i end
n = 0
for k, v in pairs(sparse) do n = n + 1 assert(k == 1 << v) end
print(n, sparse[1024], sparse[3])
local rev = {}
for i = 1000, 1, -1 do rev[i] = i end
print(#rev, rev[500])
local mixed = {}
for i = 1, 100 do mixed[i] = i mixed[i + 0.5] = -i mixed["s" .. i] = i end
sum, n = 0, 0
for k, v in pairs(mixed) do sum = sum + v n = n + 1 end
print(sum, n)
