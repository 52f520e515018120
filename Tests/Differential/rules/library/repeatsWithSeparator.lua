-- `string.rep` puts a separator between.
print(("x"):rep(3, ","), ("x"):rep(1, ","), ("x"):rep(0, ","))
