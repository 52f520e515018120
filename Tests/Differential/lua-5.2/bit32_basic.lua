-- bit32: and, or, xor, not and btest over any number of operands.
print(bit32.band(), bit32.bor(), bit32.bxor())
print(bit32.band(0xFF, 0x0F, 0x3C), bit32.bor(1, 2, 4, 8), bit32.bxor(0xFF, 0x0F, 1))
print(bit32.bnot(0), bit32.bnot(-1), bit32.bnot(0xFFFFFFFF), bit32.bnot(0x12345678))
print(bit32.btest(), bit32.btest(1, 2), bit32.btest(6, 3), bit32.btest(7, 3, 4))
-- numbers are taken modulo 2^32
for _, n in ipairs {-1, 2^32, 2^32 + 5, -2^31, 2^53, -2^53, 2^31, 0.0} do
  io.write(string.format("%.0f ", bit32.band(n)))
end
print()
print(bit32.band("0xff", "15"), bit32.bor("1", 6))
print(pcall(bit32.band, {}), pcall(bit32.bnot))
print(pcall(bit32.bnot, "x"))
local x = 0
for i = 0, 31 do x = bit32.bor(x, bit32.lshift(1, i)) end
print(x, x == 2^32 - 1)
