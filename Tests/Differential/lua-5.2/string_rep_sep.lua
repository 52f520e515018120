-- string.rep with separators, and what other functions of strings do at their edges.
print(("x"):rep(3, ","), ("ab"):rep(2, ""), ("x"):rep(0, ","), ("x"):rep(1, ","), ("x"):rep(-1, ","))
print((""):rep(5, "-"), ("a"):rep(3, "\0") == "a\0a\0a", ("x"):rep("2", 1))
print(("hello"):sub(2, -2), ("hello"):sub(-3), ("hello"):sub(0), ("hello"):sub(10), ("hello"):sub(-100, 2))
print(("hello"):sub(3, 2), ("hello"):sub(2.9, 3.1), ("hello"):sub("2", "3"))
print(("hello"):byte(), ("hello"):byte(-1), ("hello"):byte(2, 4), ("hello"):byte(10))
print(string.char(), string.char(72, 105), pcall(string.char, 256))
print(("abc"):reverse(), ("aBc"):upper(), ("aBc"):lower(), ("x"):len(), #"\z
   joined")
print("\x41\x42 \065\10\z
       next", "a\
b")
print(("%d"):format(3), ("%5.1f|%-5d|%05d|%+d"):format(2.25, 3, 4, 5), ("%s %s"):format(nil, true))
print(("%q"):format('a "quoted"\n\0\r\\ line'), ("%c%c"):format(72, 105), ("%%"):format())
print(("%x %X %#x %o"):format(255, 255, 255, 8), ("%e %g %G"):format(12345.678, 1e20, 1e-10))
print(("%a"):format(1), ("%.3a"):format(0.1), ("%10s|%-10s|%.2s"):format("right", "left", "cut"))
print(pcall(string.format, "%d", 1.5), pcall(string.format, "%d", 2^63))
print(pcall(string.format, "%x", -1), pcall(string.format, "%d", "12"))
