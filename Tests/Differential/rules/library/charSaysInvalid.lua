-- `string.char` says "invalid value"; else "value out of range".
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() string.char(256) end)
try(function() string.char(-1) end)
