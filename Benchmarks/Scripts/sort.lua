-- table.sort without a comparator: integers, floats and strings.
local n = tonumber(arg and arg[1]) or 240000

local seed = 4711
local function random()
  seed = (seed * 16807) % 2147483647
  return seed
end

local integers, floats, strings = {}, {}, {}
for i = 1, n do
  integers[i] = random()
  floats[i] = random() / 1024
end
for i = 1, n / 3 do strings[i] = string.format("%08x", random()) end
table.sort(integers)
table.sort(floats)
table.sort(strings)
table.sort(integers)

for _, list in ipairs({ integers, floats, strings }) do
  for i = 2, #list do assert(list[i - 1] <= list[i]) end
end
print(string.format("sort %d %d %.6f %s", n, integers[100], floats[100], strings[100]))
