-- `os.time` misses the day first.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(os.time, {})
try(os.time, {day = 1})
try(os.time, {day = 1, month = 1})
