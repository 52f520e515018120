-- Integers and floats compare by value, exactly, in every operator.
local vals = { math.mininteger, -2^63, -2^53 - 2, -(1 << 53) - 1, -1.5, -1, -1.0, -0.0, 0, 0.5, 1,
  1.0, (1 << 53), 2^53, (1 << 53) + 1, 2^53 + 2, math.maxinteger - 1, math.maxinteger, 2^63,
  math.huge, -math.huge }
for i, a in ipairs(vals) do
  local row = {}
  for j, b in ipairs(vals) do
    row[j] = (a < b and "<" or "") .. (a == b and "=" or "") .. (a > b and ">" or "")
    assert((a <= b) == (a < b or a == b) and (a >= b) == (a > b or a == b) and
      (a ~= b) == not (a == b))
  end
  print(table.concat(row, " "))
end
local t = {}
for i, v in ipairs(vals) do t[v] = (t[v] or 0) + 1 end
local n = 0
for _ in pairs(t) do n = n + 1 end
print(n, t[0], t[1], t[-1], t[2^53], t[math.mininteger])
local nan = 0/0
for _, v in ipairs(vals) do
  assert(not (v < nan) and not (v > nan) and not (v == nan) and not (v <= nan) and not (nan >= v))
end
print(1 == 1.0, "1" == 1, rawequal(1, 1.0), math.max(1, 1.5, 2), 3 == 3.0000000000000001)
