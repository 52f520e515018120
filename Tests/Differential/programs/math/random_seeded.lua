-- The generator is xoshiro256** as the manual names it: seeded sequences are known.
local function run(seed, seed2, n, ...)
  math.randomseed(seed, seed2)
  local o = {}
  for i = 1, n do o[i] = tostring(math.random(...)) end
  print(table.concat(o, " "))
end
run(42, 0, 5, 1, 100) run(42, 0, 5, 1, 100) run(42, 1, 5, 1, 100) run(0, 0, 4, 0) run(1, 2, 4, 10)
run(-1, -1, 3, -5, 5)
run(7, 7, 3, math.mininteger, math.maxinteger)
run(7, 7, 3, 0, math.maxinteger) run(7, 7, 3, math.mininteger, -1) run(5, 0, 3, 3, 3)
run(5, 0, 4, 1, 2^40 | 0)
math.randomseed(123, 456)
print(("%.14g %.14g %.14g"):format(math.random(), math.random(), math.random()))
print(math.random(0) == math.random(0), math.type(math.random(0)), math.type(math.random()),
  math.type(math.random(5.0)))
for i = 1, 1000 do
  local f = math.random() assert(f >= 0 and f < 1)
  local n = math.random(6) assert(n >= 1 and n <= 6)
  local m = math.random(-3, 3) assert(m >= -3 and m <= 3)
end
print(pcall(math.random, 0.5))
print(pcall(math.random, 1, 2, 3))
print(pcall(math.random, 2, 1))
print(pcall(math.random, -1))
print(pcall(math.random, "x"))
print(pcall(math.random, math.maxinteger, math.mininteger))
print(pcall(math.random, 1.5, 2))
print(pcall(math.random, {}))
print(pcall(math.randomseed, "x"))
print(pcall(math.randomseed, {}))
math.randomseed(99)
local a = math.random(1000000)
math.randomseed(99)
print(a == math.random(1000000), a)
math.randomseed(99.0) print(a == math.random(1000000))
math.randomseed("99") print(a == math.random(1000000))
math.randomseed() print(math.random(1, 1), math.random(3) <= 3)
