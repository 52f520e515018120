-- `xpcall()`, `pairs()` and `ipairs()` miss a value; else a function or table.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() xpcall() end)
try(function() pairs() end)
try(function() ipairs() end)
