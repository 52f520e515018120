-- Float arithmetic with arrays and calls: the spectral norm of an infinite matrix, cut off at n.
local n = tonumber(arg and arg[1]) or 450

local function element(i, j)
  local ij = i + j - 1
  return 1.0 / (ij * (ij - 1) * 0.5 + i)
end

local function times(x, y)
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do sum = sum + x[j] * element(i, j) end
    y[i] = sum
  end
end

local function timesTransposed(x, y)
  for i = 1, n do
    local sum = 0.0
    for j = 1, n do sum = sum + x[j] * element(j, i) end
    y[i] = sum
  end
end

local u, v, t = {}, {}, {}
for i = 1, n do u[i] = 1.0 end
for _ = 1, 10 do
  times(u, t)
  timesTransposed(t, v)
  times(v, t)
  timesTransposed(t, u)
end

local vu, vv = 0.0, 0.0
for i = 1, n do
  vu = vu + u[i] * v[i]
  vv = vv + v[i] * v[i]
end
print(string.format("spectralnorm %d %.9f", n, math.sqrt(vu / vv)))
