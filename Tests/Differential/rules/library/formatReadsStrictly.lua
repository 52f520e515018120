-- `string.format` reads a conversion up to what cannot be one, and shows it so.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.format, "%5.5", 1)
try(string.format, "%y", 1)
try(string.format, "%10y", 1)
try(string.format, "%d")
