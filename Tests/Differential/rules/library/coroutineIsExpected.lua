-- Messages want a "coroutine"; else a "thread".
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(coroutine.resume, 5)
try(coroutine.status, {})
