-- `os.time` leaves its table as it is.
local t = {year = 2024, month = 14, day = 35}
local s = os.time(t)
print(t.year, t.month, t.day, t.yday)
