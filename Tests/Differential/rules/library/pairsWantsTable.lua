-- `pairs` refuses what is no table; else the loop does.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() for _ in pairs(nil) do end end)
try(function() for _ in pairs(5) do end end)
