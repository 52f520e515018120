-- A `%b` without its bytes is an "unbalanced pattern", and a wrong capture in a pattern has no number.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
try(string.find, "x", "%b")
try(string.find, "x", "%bx")
try(string.find, "x", "%1")
