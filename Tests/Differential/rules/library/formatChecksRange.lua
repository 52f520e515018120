-- `%d` and `%x` refuse numbers that no integer of theirs holds.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.format, "%x", -1)
try(string.format, "%d", 2^63)
try(string.format, "%d", -3)
