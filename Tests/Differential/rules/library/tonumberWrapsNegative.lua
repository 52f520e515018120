-- `tonumber` with a base reads -1 as 2^64 - 1.
print(tonumber("-ff", 16), tonumber("-77", 8), tonumber("ff", 16))
