-- Tables and bars.
local text = require("text")
local summary = require("summary")

local report = {}

-- Rows of cells; columns of which `right` says so are aligned there.
function report.table(rows, right)
  local widths = {}
  for _, row in ipairs(rows) do
    for i, cell in ipairs(row) do
      if not widths[i] or #cell > widths[i] then
        widths[i] = #cell
      end
    end
  end
  local lines = {}
  for number, row in ipairs(rows) do
    local cells = {}
    for i, cell in ipairs(row) do
      if right[i] then
        cells[i] = text.pad_left(cell, widths[i])
      else
        cells[i] = text.pad_right(cell, widths[i])
      end
    end
    lines[#lines + 1] = text.trim("|" .. table.concat(cells, "  ")):sub(2)
    if number == 1 then
      local rules = {}
      for i, width in ipairs(widths) do
        rules[i] = ("-"):rep(width)
      end
      lines[#lines + 1] = table.concat(rules, "  ")
    end
  end
  return lines
end

function report.groups(title, groups)
  local rows = { { title, "entries", "hours", "cost" } }
  for _, group in ipairs(groups) do
    rows[#rows + 1] = {
      group.name,
      ("%d"):format(group.count),
      text.hours(group.minutes),
      text.money(group.cents),
    }
  end
  local total = summary.total(groups)
  rows[#rows + 1] = {
    "total",
    ("%d"):format(total.count),
    text.hours(total.minutes),
    text.money(total.cents),
  }
  return report.table(rows, { false, true, true, true })
end

function report.bars(groups, width)
  local most = 0
  for _, group in ipairs(groups) do
    most = math.max(most, group.minutes)
  end
  local lines = {}
  for _, group in ipairs(groups) do
    local length = 0
    if most > 0 then
      length = math.floor(group.minutes / most * width + 0.5)
    end
    lines[#lines + 1] = text.pad_right(group.name, 10) .. " " .. ("="):rep(length)
  end
  return lines
end

return report
