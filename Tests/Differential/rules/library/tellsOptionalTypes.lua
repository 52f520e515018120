-- Messages about arguments of several types say what was given.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() setmetatable({}, 1) end)
try(function() ("x"):gsub("x", true) end)
try(function() debug.setmetatable({}, 1) end)
