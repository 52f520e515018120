-- `string.unpack` refuses a position before the beginning.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.unpack or function() return "no packing" end, "b", "abc", 0)
try(string.unpack or function() return "no packing" end, "b", "abc", -10)
