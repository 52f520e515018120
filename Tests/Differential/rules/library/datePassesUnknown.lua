-- `os.date` writes conversions it does not know.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() return os.date("!%Q", 0) end)
