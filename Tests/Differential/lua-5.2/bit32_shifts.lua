-- bit32: logical and arithmetic shifts, by amounts of either sign and of any size.
for _, s in ipairs {0, 1, 4, 31, 32, 33, 100, -1, -4, -31, -32, -33} do
  print(s, bit32.lshift(0x80000001, s), bit32.rshift(0x80000001, s), bit32.arshift(0x80000001, s),
    bit32.arshift(0x40000001, s))
end
print(bit32.lshift(1, 31), bit32.lshift(3, 31), bit32.rshift(-1, 28), bit32.arshift(-1, 28))
for _, s in ipairs {0, 1, 8, 31, 32, 40, -1, -8, -33} do
  io.write(string.format("%08x %08x ", bit32.lrotate(0x12345678, s), bit32.rrotate(0x12345678, s)))
end
print()
print(pcall(bit32.lshift, 1), pcall(bit32.lrotate, 1, {}))
print(pcall(bit32.rshift, nil, 1))
