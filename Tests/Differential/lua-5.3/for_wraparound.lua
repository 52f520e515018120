-- Loops of integers in 5.3 end at the limits of integers, or go round them.
local function count(a, b, c, most)
  local n, last = 0
  for i = a, b, c or 1 do n = n + 1 last = i if n >= (most or 10) then break end end
  return n, last
end
local max, min = math.maxinteger, math.mininteger
print(count(max - 2, max, 1, 3)) print(count(min + 2, min, -1, 3)) print(count(max, max, 1, 1)) print(count(1, 3)) print(count(3, 1)) print(count(1, 0))
print(count(1, math.huge, 1, 4)) print(count(1, -math.huge)) print(count(-1, -math.huge, -1, 3)) print(count(min, min, 1, 1))
print(count(1, 3.9)) print(count(1, 3.9, 1.0)) print(count(1.0, 3)) print(count(1, 2, 0.25)) print(count(3, 1, -1)) print(count(max - 1, max + 1.0, 1, 2))
for i = 1, 3 do io.write(math.type(i), " ") end for i = 1.0, 2 do io.write(math.type(i), " ") end for i = 1, 2.5 do io.write(math.type(i), " ") end print()
print(pcall(function() for i = "a", 2 do end end)) print(pcall(function() for i = 1, {} do end end)) print(pcall(function() for i = 1, 2, "x" do end end))
print(pcall(function() for i = 1, "3" do end end)) print(pcall(function() for i = "1", 3 do end end))
