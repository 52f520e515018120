-- The message of `assert` is a string, which gets a position.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() assert(false, "text") end)
try(function() assert(nil, 12) end)
try(function() assert(false, true) end)
try(function() assert(false, nil) end)
