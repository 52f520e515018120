-- Text built in a table: table.insert, table.concat with and without separator.
local n = tonumber(arg and arg[1]) or 1700

local total, hash = 0, 0
for round = 1, n do
  local lines = {}
  for row = 1, 40 do
    local cells = {}
    for column = 1, 25 do
      table.insert(cells, row * column % 97)
    end
    lines[#lines + 1] = table.concat(cells, ";")
  end
  table.insert(lines, 1, "header " .. round)
  local text = table.concat(lines, "\n")
  total = total + #text
  hash = (hash * 31 + text:byte(round % #text + 1)) % 1000000007
  while #lines > 20 do table.remove(lines) end
  total = total + #table.concat(lines)
end
print(string.format("join %d %d %d", n, total, hash))
