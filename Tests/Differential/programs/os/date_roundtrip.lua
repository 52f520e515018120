-- Tables of os.date and os.time turn into one another.
for _, t in ipairs {0, 1, 59, 3600, 86399, 86400, 951782400, 1000000000, 1234567890, 1709164800,
  2147483647, 4102444800, -2, -86400} do
  local d = os.date("!*t", t)
  print(t, ("%04d-%02d-%02d %02d:%02d:%02d %d %d %s"):format(d.year, d.month, d.day, d.hour, d.min,
    d.sec, d.wday, d.yday, tostring(d.isdst)), os.time(d) == t or t == -1, os.date("!%F %T %j %u",
    t))
end
local function days(y, m)
  return os.date("!*t", os.time {year = y, month = m + 1, day = 0, hour = 12}).day
end
for _, y in ipairs {1900, 2000, 2023, 2024} do io.write(y, ":", days(y, 2), " ") end
print(days(2024, 1), days(2024, 4), days(2024, 12))
local t = os.time {year = 2024, month = 1, day = 31, hour = 12}
local d = os.date("*t", t)
d.month = d.month + 1
print(os.date("%F", os.time(d)), d.month, d.day, d.yday)
d = {year = 2024, month = 3, day = 1, hour = 0, min = -1}
print(os.date("%F %T", os.time(d)), d.month, d.day, d.min)
print(os.difftime(os.time {year = 2024, month = 3, day = 1},
  os.time {year = 2024, month = 2, day = 1}) / 86400, os.date("!%A", 0), os.date("!%B", 86400 * 40))
print(os.time {year = 2024, month = 1, day = 1, hour = 12} - os.time {year = 2024, month = 1,
  day = 1}, os.time {year = 2024, month = 1, day = 1, hour = 0,
  sec = 86400} == os.time {year = 2024, month = 1, day = 2, hour = 0})
