-- A coarse clock and no time of day.
-- expect: finished true false false
return os.clock() * 100 % 1 < 0.001 or os.clock() * 100 % 1 > 0.999, (pcall(os.time)), (pcall(os.date))
