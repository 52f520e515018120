-- Divisions and shifts at the edges of integers.
-- expect: finished true
local m = math.mininteger
return m // -1 == m and m % -1 == 0 and pcall(function() return m // 0 end) == false
  and (1 << 64) == 0 and (1 << -64) == 0 and (m >> 63) == 1 and math.abs(m) == m
