-- Days, without a clock: a date is { year, month, day }.
local dates = {}

local NAMES = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" }
local LENGTHS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

function dates.is_leap(year)
  if year % 400 == 0 then
    return true
  end
  return year % 4 == 0 and year % 100 ~= 0
end

function dates.length(year, month)
  if month == 2 and dates.is_leap(year) then
    return 29
  end
  return LENGTHS[month]
end

-- A date, or nil and why not.
function dates.parse(s)
  local year, month, day = s:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)$")
  if not year then
    return nil, "not a date: " .. s
  end
  local date = { year = tonumber(year), month = tonumber(month), day = tonumber(day) }
  if date.month < 1 or date.month > 12 then
    return nil, "no such month: " .. s
  end
  if date.day < 1 or date.day > dates.length(date.year, date.month) then
    return nil, "no such day: " .. s
  end
  return date
end

function dates.format(date)
  return string.format("%04d-%02d-%02d", date.year, date.month, date.day)
end

-- Days since the first of March of the year 0.
function dates.number(date)
  local month = (date.month + 9) % 12
  local year = date.year
  if month >= 10 then
    year = year - 1
  end
  return 365 * year + math.floor(year / 4) - math.floor(year / 100) + math.floor(year / 400)
    + math.floor((month * 306 + 5) / 10) + date.day - 1
end

-- 1 is Monday.
function dates.weekday(date)
  return (dates.number(date) + 2) % 7 + 1
end

function dates.weekday_name(date)
  return NAMES[dates.weekday(date)]
end

function dates.is_weekend(date)
  return dates.weekday(date) >= 6
end

function dates.next(date)
  if date.day < dates.length(date.year, date.month) then
    return { year = date.year, month = date.month, day = date.day + 1 }
  end
  if date.month < 12 then
    return { year = date.year, month = date.month + 1, day = 1 }
  end
  return { year = date.year + 1, month = 1, day = 1 }
end

-- The Monday of a date's week.
function dates.monday(date)
  local back = dates.weekday(date) - 1
  local first = { year = date.year, month = date.month, day = date.day }
  for _ = 1, back do
    if first.day > 1 then
      first.day = first.day - 1
    elseif first.month > 1 then
      first.month = first.month - 1
      first.day = dates.length(first.year, first.month)
    else
      first = { year = first.year - 1, month = 12, day = 31 }
    end
  end
  return first
end

function dates.compare(a, b)
  return dates.number(a) - dates.number(b)
end

return dates
