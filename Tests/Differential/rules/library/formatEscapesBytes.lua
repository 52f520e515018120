-- Messages show an odd byte of a format as its number.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.format, "%\7", 1)
try(string.format, "%y", 1)
