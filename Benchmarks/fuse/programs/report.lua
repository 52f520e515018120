-- Texts put together: lines with columns, joined, and looked through again.
local function items(count)
  local made = {}
  for i = 1, count do
    made[#made + 1] = { name = "item " .. i, price = i % 40 / 4, count = i % 9 + 1 }
  end
  return made
end

local function pad_end(text, width, fill)
  return text .. string.rep(fill, width - #text)
end

local function line(item, number)
  local total = item.price * item.count
  return string.format("%d. %s %d x %.14g = %.14g", number, pad_end(item.name, 12, "."),
    item.count, item.price, total)
end

local function report(items)
  local lines = { "Report", "======" }
  local sum = 0
  for number, item in ipairs(items) do
    lines[#lines + 1] = line(item, number)
    sum = sum + item.price * item.count
  end
  lines[#lines + 1] = string.format("total: %.14g", sum)
  return table.concat(lines, "\n")
end

local function words(text)
  local count = 0
  local is_inside = false
  for i = 1, #text do
    local code = text:byte(i)
    local is_space = code == 32 or code == 10
    if is_inside and is_space then
      is_inside = false
    elseif not is_inside and not is_space then
      is_inside = true
      count = count + 1
    end
  end
  return count
end

local list = items(300)
local total = 0
for _ = 1, 60 do
  local text = report(list)
  total = total + words(text) + #text
end
print(total)
