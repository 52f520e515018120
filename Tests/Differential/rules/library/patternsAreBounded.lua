-- A pattern can be too complex.
local ok, m = pcall(string.match, ("a"):rep(300), ("a?"):rep(250))
print(ok, ok and #m or m)
