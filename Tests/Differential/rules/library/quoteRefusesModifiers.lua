-- `%q` refuses modifiers.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.format, "%5q", "x")
try(string.format, "%q", "x")
