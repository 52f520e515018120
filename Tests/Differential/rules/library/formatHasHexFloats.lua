-- `%a` writes hexadecimal floats.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.format, "%a", 1)
try(string.format, "%A", 0.5)
