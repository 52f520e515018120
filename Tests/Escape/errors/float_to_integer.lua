-- Floats that stand for no integer.
-- expect: finished true
for _, x in ipairs({2^63, -2^63 * 2, 0/0, 1/0, -1/0, 1.5}) do
  if pcall(function() return x | 1 end) then return x end
  pcall(string.rep, "x", x)
  pcall(string.char, x)
  pcall(math.random, x)
  pcall(function() for i = x, x do break end end)
end
return true
