-- bit32.extract and replace: fields, their widths, and what they refuse.
for field = 0, 28, 7 do
  print(field, bit32.extract(0xDEADBEEF, field), bit32.extract(0xDEADBEEF, field, 4),
    string.format("%08x", bit32.replace(0, 0xFF, field, 4)))
end
print(bit32.extract(-1, 0, 32), bit32.extract(-1, 31), bit32.replace(-1, 0, 8, 16))
print(bit32.replace(5, 3, 1), bit32.replace(0, -1, 0, 32), bit32.replace(0xF0, 0x1F, 4, 4))
for _, a in ipairs {{0, -1}, {0, 32}, {0, 31, 2}, {0, 0, 0}, {0, 0, 33}, {0, 0, -1}, {0}, {}} do
  print(pcall(bit32.extract, a[1], a[2], a[3]))
end
print(pcall(bit32.replace, 0, 0, 30, 3))
print(pcall(bit32.replace, 0))
