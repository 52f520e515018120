-- `%` may stand before any character of a replacement.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.gsub, "abc", "b", "%x")
try(string.gsub, "abc", "b", "%%")
try(string.gsub, "abc", "b", "<%0>")
