-- // and % over signs, kinds and zero.
local function k(f)
  local ok, v = pcall(f)
  io.write(tostring(v), ":", tostring(math.type(v)), " ")
end
for _, p in ipairs { {7, 3}, {-7, 3}, {7, -3}, {-7, -3}, {6, 3}, {-6, 3}, {0, 5}, {0, -5}, {1, 7}, {-1, 7}, {7.0, 3}, {-7.0, 3}, {7, -3.0}, {-7.5, 2}, {7.5, -2}, {5.5, 2.5}, {-5.5, 2.5},
    {math.mininteger, -1}, {math.mininteger, 1}, {math.maxinteger, -1}, {math.mininteger, 2},
      {math.maxinteger, math.mininteger}, {math.mininteger, math.maxinteger},
    {1, math.huge}, {-1, math.huge}, {1, -math.huge}, {-1, -math.huge}, {0.0, 1}, {-0.0, 1}, {1e308, 1e-308}, {5, 0.3} } do
  local a, b = p[1], p[2]
  io.write(tostring(a), ",", tostring(b), ": ")
  k(function() return a // b end) k(function() return a % b end) k(function() return a / b end)
  print()
  if math.type(a) == "integer" and math.type(b) == "integer" then
    assert((a // b) * b + a % b == a)
  end
end
print(pcall(function() return 1 // 0 end))
print(pcall(function() return 1 % 0 end))
print(pcall(function() local x, y = 5, 0 return x // y end))
print(pcall(function() local x, y = 5, 0 return x % y end))
print(1 // 0.0, -1 // 0.0, 1.0 // 0, 1 / 0, -1 / 0, 0.0 / 1, -0.0 // 1, 1 // -0.0)
local z = 0.0
local n1, n2, n3 = 1 % z, z / z, z // z
print(n1 ~= n1, n2 ~= n2, n3 ~= n3, 5 % math.huge, -5 % math.huge, 5 % -math.huge, -5 % -math.huge)
