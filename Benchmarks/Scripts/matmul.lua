-- Arrays of arrays of floats: multiplies two square matrices.
local n = tonumber(arg and arg[1]) or 300

local function matrix(seed)
  local rows = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do row[j] = (seed * (i - j) * (i + j)) / (n * n) end
    rows[i] = row
  end
  return rows
end

local function transpose(m)
  local out = {}
  for j = 1, n do
    local column = {}
    for i = 1, n do column[i] = m[i][j] end
    out[j] = column
  end
  return out
end

local function multiply(a, b)
  local c, bt = {}, transpose(b)
  for i = 1, n do
    local row, out = a[i], {}
    for j = 1, n do
      local column, sum = bt[j], 0.0
      for k = 1, n do sum = sum + row[k] * column[k] end
      out[j] = sum
    end
    c[i] = out
  end
  return c
end

local c = multiply(matrix(1.5), matrix(0.25))
local trace = 0.0
for i = 1, n do trace = trace + c[i][i] end
print(string.format("matmul %d %.6f %.6f", n, trace, c[1][n]))
