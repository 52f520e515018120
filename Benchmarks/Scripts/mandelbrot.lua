-- Float loop without tables: counts the points of the Mandelbrot set on a grid.
local n = tonumber(arg and arg[1]) or 560

local inside, steps = 0, 0
for row = 0, n - 1 do
  local ci = 2.0 * row / n - 1.0
  for column = 0, n - 1 do
    local cr = 2.0 * column / n - 1.5
    local zr, zi, zr2, zi2 = 0.0, 0.0, 0.0, 0.0
    local escaped = false
    for step = 1, 100 do
      zi = 2.0 * zr * zi + ci
      zr = zr2 - zi2 + cr
      zr2 = zr * zr
      zi2 = zi * zi
      if zr2 + zi2 > 4.0 then
        escaped = true
        steps = steps + step
        break
      end
    end
    if not escaped then inside = inside + 1 end
  end
end

print(string.format("mandelbrot %d %d %d", n, inside, steps))
