-- Formats of `read` begin with a star.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
local f = io.open("/dev/null")
try(function() return f:read("l") end)
try(function() return f:read("*l") end)
try(function() return f:read("x") end)
