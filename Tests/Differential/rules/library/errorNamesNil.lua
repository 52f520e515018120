-- `error(nil)` raises "<no error object>".
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(error)
try(error, nil)
try(function() error() end)
