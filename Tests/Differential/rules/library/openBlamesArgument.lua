-- `io.lines` blames its argument when it cannot open a file.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(function() io.lines("/nowhere/at/all") end)
