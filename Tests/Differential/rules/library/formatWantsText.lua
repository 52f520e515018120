-- `%s` takes strings and numbers only.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.format, "%s", nil)
try(string.format, "%s", true)
try(string.format, "%s", 12)
