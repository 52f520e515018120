-- `table.sort` looks at the order function of any table.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() table.sort({}, 5) end)
try(function() table.sort({1, 2}, 5) end)
