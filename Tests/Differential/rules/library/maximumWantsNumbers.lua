-- `math.max` and `math.min` take numbers only; else whatever can be compared.
print(pcall(math.max, "10", 9))
print((pcall(math.max, {}, {})), (pcall(math.min, "a")))
