-- Floats halfway between two texts are rounded away from zero; `%F` is there.
local function try(f, ...)
  local ok, m = pcall(f, ...)
  print(ok, (tostring(m):gsub("'_G%.", "'")))
end
for _, f in ipairs { "%.0f", "%.1f", "%g", "%.2g", "%.3e" } do
  io.write(f, " ", f:format(0.5), " ", f:format(2.5), " ", f:format(0.25), " ", f:format(-1.125), "\n")
end
print(1.00000000000005, 0.1, 123456.5)
try(string.format, "%F", 1)
