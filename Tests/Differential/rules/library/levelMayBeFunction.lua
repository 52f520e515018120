-- `debug.getinfo` wants a "function or level".
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() debug.getinfo("x") end)
try(function() debug.getinfo() end)
