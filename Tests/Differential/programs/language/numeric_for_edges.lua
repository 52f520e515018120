-- The numeric for: counts computed once, overflow, floats, signs of zero.
local function run(a, b, c)
  local out = {}
  for i = a, b, c or 1 do
    out[#out + 1] = tostring(i)
    if #out > 6 then out[#out + 1] = "..." break end
  end
  print(table.concat(out, " "))
end
run(1, 3) run(3, 1) run(3, 1, -1) run(1, 3, -1) run(0, 0) run(1, 0) run(-3, 3, 2) run(10, 1, -4)
run(math.maxinteger - 1, math.maxinteger)
run(math.mininteger + 1, math.mininteger, -1)
run(math.maxinteger, math.maxinteger) run(math.mininteger, math.mininteger)
run(math.mininteger, math.maxinteger, math.maxinteger)
run(math.maxinteger, math.mininteger, math.mininteger)
run(1, math.huge) run(1, -math.huge) run(-1, -math.huge, -1) run(math.maxinteger - 2, math.huge)
run(1.0, 3) run(1, 3.7) run(1, 3, 1.0) run(1.5, 4) run(3, 1.5, -1) run(1, 2, 0.25) run(0, -1, -0.5)
run(0.1, 0.5, 0.1) run(-0.0, 1) run(0.0, -0.0) run(1, 0.99) run(-1, -1.5)
run(1, 2^53) run(1, 1e100, 2^62 | 0) run(math.maxinteger, 1e100) run(math.mininteger, -1e100, -1)
run(3.0, 1, -1) run(2^53, 2^53 + 4) run(1, 0/0) run(1.0, 0/0)
-- bounds are evaluated once, in order
local log = {}
local function v(n, x) log[#log + 1] = n return x end
for i = v("start", 1), v("limit", 3), v("step", 2) do log[#log + 1] = i end
print(table.concat(log, " "))
local lim = 3
for i = 1, lim do lim = 100 io.write(i, " ") end
print(lim)
for i = 3, 1 do error("never") end
for i = 1, 3 do local j <const> = i if j == 2 then goto skip end io.write(j, ",") ::skip:: end
print()
local sum = 0
for i = 1, 100 do for j = i, 100, 25 do if j > 60 then break end sum = sum + j end end
print(sum)
