-- `assert` puts the position before a number.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() assert(nil, 12) end)
try(function() assert(nil, "text") end)
