-- Levels that do not exist.
-- expect: finished true
for _, level in ipairs({-1, 0, 1, 2, 100, 1e15, math.maxinteger, math.mininteger}) do
  pcall(error, "x", level)
end
return true
