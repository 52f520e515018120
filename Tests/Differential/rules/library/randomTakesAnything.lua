-- `math.random` does not look whether an interval is empty.
print((pcall(math.random, 2, 1)))
