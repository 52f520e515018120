-- The grid of //, %, / and math.fmod over signs and kinds.
local vals = {7, -7, 7.0, -7.0, 3, -3, 3.0, -3.0, 0.5, -0.5, 2^53, -2^53}
for _, a in ipairs(vals) do
  local row = {}
  for _, b in ipairs(vals) do row[#row + 1] = tostring(a // b) .. "/" .. tostring(a % b) end
  print(a, table.concat(row, " "))
end
for _, a in ipairs(vals) do
  local row = {}
  for _, b in ipairs(vals) do row[#row + 1] = tostring(math.fmod(a, b)) end
  print(a, table.concat(row, " "))
end
for _, a in ipairs(vals) do
  for _, b in ipairs(vals) do
    local q, r = a // b, a % b
    assert(r == 0 or (r < 0) == (b < 0))
    assert(math.abs(q * b + r - a) < 1e-9 or math.abs(a) > 1e15 or math.abs(b) > 1e15)
    assert((math.type(q) == "integer") == (math.type(a) == "integer" and math.type(b) == "integer"))
  end
end
