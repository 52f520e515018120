-- Numbers and arrays: the spectral norm of an endless matrix.
local function cell(i, j)
  local ij = i + j - 1
  return 1 / (ij * (ij - 1) * 0.5 + i)
end

local function times(n, x, y)
  for i = 1, n do
    local sum = 0
    for j = 1, n do sum = sum + x[j] * cell(i, j) end
    y[i] = sum
  end
end

local function times_transposed(n, x, y)
  for i = 1, n do
    local sum = 0
    for j = 1, n do sum = sum + x[j] * cell(j, i) end
    y[i] = sum
  end
end

local function filled(n, value)
  local array = {}
  for i = 1, n do array[i] = value end
  return array
end

local function norm(n)
  local u, v, t = filled(n, 1), filled(n, 0), filled(n, 0)
  for _ = 1, 10 do
    times(n, u, t)
    times_transposed(n, t, v)
    times(n, v, t)
    times_transposed(n, t, u)
  end
  local vbv, vv = 0, 0
  for i = 1, n do
    vbv = vbv + u[i] * v[i]
    vv = vv + v[i] * v[i]
  end
  return math.sqrt(vbv / vv)
end

print(string.format("%.14g", math.floor(norm(250) * 1e9)))
