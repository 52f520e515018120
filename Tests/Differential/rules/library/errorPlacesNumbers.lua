-- `error` puts the position before a number, too.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() error(12) end)
try(function() error(1.5, 2) end)
try(function() error(12, 0) end)
