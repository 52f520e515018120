-- The Mandelbrot set drawn in characters.
--
-- What one sees: a picture 78 columns wide, darker characters where the points escape later,
-- and the share of the plane that never escaped. Another centre and width of the view:
--
--   nightjar run Examples/mandelbrot.lua -0.745 0.11 0.02

local centerX = tonumber(arg[1]) or -0.6
local centerY = tonumber(arg[2]) or 0.0
local width = tonumber(arg[3]) or 3.2

local columns, rows, limit <const> = 78, 30, 200
local shades = " .,:;-=+*oxO0%#@"

-- The number of steps after which z := z² + c leaves the circle of radius 2; nil if it stays.
local function escapeTime(cr, ci)
  local zr, zi = 0.0, 0.0
  for step = 1, limit do
    local zr2, zi2 = zr * zr, zi * zi
    if zr2 + zi2 > 4.0 then return step end
    zr, zi = zr2 - zi2 + cr, 2.0 * zr * zi + ci
  end
  return nil
end

local inside = 0
for row = 1, rows do
  local line = {}
  -- A character is about twice as high as wide.
  local ci = centerY - (row - 0.5 - rows / 2) / columns * 2.0 * width
  for column = 1, columns do
    local cr = centerX + (column - 0.5 - columns / 2) / columns * width
    local time = escapeTime(cr, ci)
    if time then
      local shade = math.min(#shades - 1, 1 + math.floor(2.2 * math.log(time)))
      line[column] = shades:sub(shade, shade)
    else
      inside = inside + 1
      line[column] = shades:sub(-1)
    end
  end
  print(table.concat(line))
end

print(("%.1f %% of this view stayed bounded for %d steps"):format(
  100 * inside / (rows * columns), limit))
