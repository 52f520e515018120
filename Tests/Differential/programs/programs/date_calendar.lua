-- Calendars and day arithmetic without os functions.
local function leap(y) return y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0) end
local mdays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
local function days(y, m) return m == 2 and leap(y) and 29 or mdays[m] end
local function ymd(y, m, d)
  y = m <= 2 and y - 1 or y
  local era = y // 400
  local yoe = y - era * 400
  local doy = (153 * (m + (m > 2 and -3 or 9)) + 2) // 5 + d - 1
  local doe = yoe * 365 + yoe // 4 - yoe // 100 + doy
  return era * 146097 + doe - 719468
end
local function civil(z)
  z = z + 719468
  local era = z // 146097
  local doe = z - era * 146097
  local yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
  local y = yoe + era * 400
  local doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
  local mp = (5 * doy + 2) // 153
  local d = doy - (153 * mp + 2) // 5 + 1
  local m = mp < 10 and mp + 3 or mp - 9
  return m <= 2 and y + 1 or y, m, d
end
print(ymd(1970, 1, 1), ymd(2000, 3, 1), ymd(1969, 12, 31), ymd(2024, 2, 29), ymd(1, 1, 1))
print(civil(0))
print(civil(11017))
print(civil(-1))
for z = -1000000, 1000000, 9973 do local y, m, d = civil(z) assert(ymd(y, m, d) == z) end
print("inverse")
local function weekday(y, m, d) return (ymd(y, m, d) + 4) % 7 end
local names = {[0] = "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
print(names[weekday(2024, 2, 29)], names[weekday(1970, 1, 1)], names[weekday(2000, 1, 1)],
  names[weekday(1900, 1, 1)])
local function calendar(y, m)
  local o = {(" "):rep(3 * weekday(y, m, 1))}
  for d = 1, days(y, m) do
    o[#o + 1] = ("%2d"):format(d) .. (weekday(y, m, d) == 6 and "\n" or " ")
  end
  print("Su Mo Tu We Th Fr Sa\n" .. table.concat(o))
end
calendar(2024, 2) calendar(2023, 10)
print(ymd(2024, 12, 25) - ymd(2024, 7, 4), civil(ymd(2024, 1, 31) + 30))
local fri = 0
for y = 2000, 2010 do for m = 1, 12 do if weekday(y, m, 13) == 5 then fri = fri + 1 end end end
print(fri)
local function easter(y)
  local a, b, c = y % 19, y // 100, y % 100
  local d, e = b // 4, b % 4
  local f = (b + 8) // 25
  local g = (b - f + 1) // 3
  local h = (19 * a + b - d - g + 15) % 30
  local i, k = c // 4, c % 4
  local l = (32 + 2 * e + 2 * i - h - k) % 7
  local m = (a + 11 * h + 22 * l) // 451
  return (h + l - 7 * m + 114) // 31, (h + l - 7 * m + 114) % 31 + 1
end
print(easter(2024))
print(easter(2000))
