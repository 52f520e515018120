-- `assert()` misses its argument; else it fails as an assertion.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() assert() end)
try(function() assert(nil) end)
