-- `debug.upvalueid` returns nil for an upvalue that is not there.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(debug.upvalueid or function() return "no ids" end, function() end, 5)
