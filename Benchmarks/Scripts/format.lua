-- string.format and tostring with integers, floats, strings and quoting.
local n = tonumber(arg and arg[1]) or 150000

local format = string.format
local total, hash = 0, 0
for i = 1, n do
  local a = format("%d %5d %-6d|", i, i % 1000, i % 77)
  local b = format("%.3f %8.2f %.10g", i / 7, i * 1.5, i / 4)
  local c = format("%s=%q %x %c", "name" .. i % 10, "v\"" .. i % 3, i, 65 + i % 26)
  total = total + #a + #b + #c + #tostring(i)
  hash = (hash * 31 + b:byte(i % #b + 1) + c:byte(i % #c + 1)) % 1000000007
end
print(format("format %d %d %d", n, total, hash))
