-- Nested arrays: products of matrices.
local function build(size)
  local rows = {}
  for i = 1, size do
    local row = {}
    for j = 1, size do row[#row + 1] = (i - j) * (i + j - 2) / size end
    rows[#rows + 1] = row
  end
  return rows
end

local function times(a, b)
  local size = #a
  local out = {}
  for i = 1, size do
    local row = a[i]
    local line = {}
    for j = 1, size do
      local sum = 0
      for k = 1, size do sum = sum + row[k] * b[k][j] end
      line[#line + 1] = sum
    end
    out[#out + 1] = line
  end
  return out
end

local a = build(200)
local c = times(times(a, a), a)
print(string.format("%.14g\t%.14g\t%.14g", c[1][1], c[70][70], c[200][3]))
