-- `math.atan` takes two arguments.
print(("%.6f %.6f"):format(math.atan(1, -1), math.atan(1)))
