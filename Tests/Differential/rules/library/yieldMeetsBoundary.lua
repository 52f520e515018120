-- Yielding outside a coroutine meets a "C-call boundary".
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(coroutine.yield, 1)
