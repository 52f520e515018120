-- Which operators keep integers and which make floats.
local function k(...)
  local o = {}
  for i = 1, select("#", ...) do local v = select(i, ...) o[i] = tostring(v) end
  print(table.concat(o, " "))
end
k(1 + 2, 1 + 2.0, 1.0 + 2, 5 - 3, 5 - 3.0, 2 * 3, 2 * 3.0, 6 / 2, 6 // 2, 6 // 2.0, 7 % 4, 7 % 4.0,
  2 ^ 2, -3, -3.0, 10 // 3, 10.0 // 3, -(0), -(0.0))
k(1e2, 100, 1e2 == 100, 3 | 0, 3.0 | 0, 2^31 | 0, 7 // 1, 7.5 // 1, 1 // 1.0, 0x10, 0x10p0, 1e0)
k(3 == 3.0, math.type(3), math.type(3.0), 3 .. "", 3.0 .. "", -0.0 == 0, 1 / -0.0, 1 / 0.0,
  0.0 == -0.0, 1 // 0.0, -1 // 0.0)
local a, b = 10, 4
k(a + b, a - b, a * b, a / b, a // b, a % b, a ^ b, a & b, a | b, a ~ b, a << b, a >> b, -a, ~a,
  a .. b, a == b, a < b)
a, b = 10.0, 4
k(a + b, a - b, a * b, a / b, a // b, a % b, a ^ b, a & b, a | b, a ~ b, a << b, a >> b, -a, ~a,
  a .. b, a == b, a < b)
a, b = "10", 4
k(a + b, a - b, a * b, a / b, a // b, a % b, a ^ b, -a, a .. b, a == b)
a, b = "10.0", "4"
k(a + b, a - b, a * b, a / b, a // b, a % b, a ^ b, -a, a .. b, a == b)
for _, v in ipairs { 0, 1, -1, 0.5, 2^53, 1e300 } do
  k(v, v + 0, v + 0.0, v * 1, v * 1.0, v // 1, -v)
end
local t = {} t[3] = "i" k(t[3.0], t[6 / 2], t["3"], t[3 // 1], t[9 ^ 0.5])
for i = 1, 2 do k(math.type(i)) end
for i = 1.0, 2 do k(math.type(i)) end
for i = 1, 2.5 do k(math.type(i)) end
for i = 1, 2, 1.0 do k(math.type(i)) end
k(math.type(#"abc"), math.type(("x"):byte()), math.type(select("#")), math.type(math.floor(2.5)),
  math.type(math.sqrt(4)), math.type(tonumber("5")), math.type(tonumber("5.0")), math.type(2^2 | 0))
