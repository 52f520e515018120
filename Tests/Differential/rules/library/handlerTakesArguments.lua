-- `xpcall` passes further arguments on.
print(xpcall(function(...) return select("#", ...), ... end, print, 1, 2))
