-- Checksums with bit32: Adler-32, CRC-32, FNV-1a and a xorshift generator.
local band, bxor, lshift, rshift, bnot = bit32.band, bit32.bxor, bit32.lshift, bit32.rshift, bit32.bnot
local crc = {}
for i = 0, 255 do
  local c = i
  for _ = 1, 8 do c = band(c, 1) == 1 and bxor(rshift(c, 1), 0xEDB88320) or rshift(c, 1) end
  crc[i] = c
end
local function crc32(s)
  local c = 0xFFFFFFFF
  for i = 1, #s do c = bxor(crc[band(bxor(c, s:byte(i)), 0xFF)], rshift(c, 8)) end
  return bnot(c)
end
local function adler(s)
  local a, b = 1, 0
  for i = 1, #s do a = (a + s:byte(i)) % 65521 b = (b + a) % 65521 end
  return lshift(b, 16) + a
end
local function fnv(s)
  local h = 2166136261
  for i = 1, #s do
    h = bxor(h, s:byte(i))
    -- The product takes more than 53 bits, so it is made of two.
    h = band(h * 403 + lshift(band(h, 0xFF), 24), 0xFFFFFFFF)
  end
  return h
end
for _, s in ipairs {"", "a", "abc", "message digest", ("x"):rep(1000), "123456789"} do
  print(string.format("%08x %08x %08x", crc32(s), adler(s), fnv(s)))
end
local x = 2463534242
for i = 1, 5 do
  x = bxor(x, lshift(x, 13)) x = bxor(x, rshift(x, 17)) x = bxor(x, lshift(x, 5))
  io.write(string.format("%.0f ", x))
end
print()
