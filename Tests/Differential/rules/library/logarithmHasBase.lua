-- `math.log` takes a base.
print(("%.6f %.6f"):format(math.log(8, 2), math.log(100, 10)))
