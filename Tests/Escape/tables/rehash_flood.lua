-- Grows and shrinks around the size at which a table is laid out anew.
-- limits: fuel=10000000 time=10000
-- expect: outOfFuel
local t = {}
while true do
  for i = 1, 1025 do t["k" .. i] = i end
  for i = 1, 1025 do t["k" .. i] = nil end
  t.other = 1
  t.other = nil
end
