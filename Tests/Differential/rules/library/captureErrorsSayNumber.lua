-- A wrong capture in a replacement is told by its number.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.gsub, "x", "x", "%2")
try(string.gsub, "x", "(x)", "%3")
