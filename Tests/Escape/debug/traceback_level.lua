-- Levels out of range.
-- expect: finished true
for _, level in ipairs({-1, 0, 1e15, math.mininteger, math.maxinteger}) do
  pcall(debug.traceback, "x", level)
  pcall(debug.getinfo, level)
end
return true
