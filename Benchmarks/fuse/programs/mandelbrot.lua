-- Loops of numbers: how many points stay near.
local function stays(cx, cy)
  local x, y = 0, 0
  for _ = 1, 50 do
    local xx = x * x
    local yy = y * y
    if xx + yy > 4 then return false end
    y = 2 * x * y + cy
    x = xx - yy + cx
  end
  return true
end

local SIZE = 700
local count = 0
for row = 0, SIZE - 1 do
  for column = 0, SIZE - 1 do
    if stays(column * 3 / SIZE - 2, row * 2 / SIZE - 1) then count = count + 1 end
  end
end
print(count)
