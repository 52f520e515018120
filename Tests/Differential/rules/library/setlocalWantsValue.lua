-- `debug.setlocal` looks at its value before its index.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() debug.setlocal(1) end)
try(function() debug.setlocal(1, 1) end)
