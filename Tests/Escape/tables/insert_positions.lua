-- table.insert and remove at the edges.
-- expect: finished true
for _, p in ipairs({0, -1, 2^53, math.maxinteger, math.mininteger}) do
  pcall(table.insert, {1, 2}, p, 1)
  pcall(table.remove, {1, 2}, p)
end
return true
