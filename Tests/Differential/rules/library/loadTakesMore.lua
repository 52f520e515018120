-- `load` takes strings, a mode and an environment.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() return (load("return 1")()) end)
print(pcall(load, "return x", "=x", "t", {x = 5}) and "takes text" or "takes functions")
