-- Tables made with format: alignment, signs, bases, truncation.
local rows = {{"apple", 3, 1.5}, {"watermelon", 12, 0.333333}, {"fig", -7, 1e6}, {"", 0, -0.5},
  {"日本", 1000000, 123.456}}
for _, r in ipairs(rows) do print(("|%-12s|%8d|%10.3f|%e|"):format(r[1], r[2], r[3], r[3])) end
for _, r in ipairs(rows) do print(("|%12.5s|%+8d|%-10.1f|%g|"):format(r[1], r[2], r[3], r[3])) end
for _, r in ipairs(rows) do
  print(("|%08d|%x|%#o|%X|% d|"):format(r[2], r[2] & 0xffff, r[2] & 0xfff, r[2] & 0xff, r[2]))
end
for i = 0, 5 do
  io.write(("%" .. i + 1 .. "d|"):format(i), ("%-" .. i + 1 .. "d|"):format(i),
    ("%0" .. i + 1 .. "d|"):format(i), ("%." .. i .. "f|"):format(math.pi),
    ("%." .. i .. "s|"):format("abcdef"), "\n")
end
print(("%s %s %s"):format(1, 1.0, "1"), ("%d%%"):format(50), ("%5s|%-5s|%5s"):format(true, nil,
  "x"), ("%q"):format("a\nb"), ("%c%c"):format(72, 105), ("%.3d|%.0d|%5.2d"):format(7, 0, 3),
  ("%i"):format(3.0), ("%.14g %.17g %.3g"):format(0.1, 0.1, 1234.5), ("%10.4s|"):format("abcdefgh"),
  ("%-10q|" == "" and "" or "%%"))
print(#("%99.99f"):format(-1e308) > 300, #("%.99f"):format(1/3), ("%.0f %.0f %.0f %.0f"):format(0.5,
  1.5, 2.5, -0.5))
