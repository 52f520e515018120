-- `math.random` blames the upper bound of an empty interval.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() print(math.random(2, 1)) end)
