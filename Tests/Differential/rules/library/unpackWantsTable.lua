-- `unpack` refuses what is no table.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
local spread = table.unpack or unpack
try(function() spread(5) end)
try(function() spread() end)
