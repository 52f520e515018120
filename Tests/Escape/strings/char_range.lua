-- Codes outside of a byte.
-- expect: finished true
for _, c in ipairs({-1, 256, math.maxinteger, 1.5, 1e300}) do
  if pcall(string.char, c) then return c end
end
return true
