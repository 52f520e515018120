-- The library bit of LuaJIT: signed 32-bit results.
local b = require "bit"
print(b == bit, bit.tobit(0xffffffff), bit.tobit(2^40 + 5), bit.tobit(-1.5), bit.tohex(255), bit.tohex(-1, 4), bit.tohex(255, -4), bit.tohex(0x12345678, 16))
print(bit.band(0xff, 0x0f), bit.bor(1, 2, 4), bit.bxor(5, 3, 1), bit.bnot(0), bit.band(-1, 0x7fffffff), bit.bor(0x80000000))
for _, n in ipairs {0, 1, 4, 31, 32, 33, -1} do io.write(bit.lshift(0x87654321, n), " ", bit.rshift(0x87654321, n), " ", bit.arshift(0x87654321, n), " ", bit.rol(0x87654321, n), " ", bit.ror(0x87654321, n), "\n") end
print(bit.bswap(0x12345678), bit.bswap(-1), bit.tohex(bit.bswap(0xaabbccdd)))
print(pcall(bit.band)) print(pcall(bit.band, "x")) print(bit.band("0xff", "15")) print(pcall(bit.tobit, {}))
local h = 5381 for c in ("hash me"):gmatch "." do h = bit.tobit(h * 33 + c:byte()) end print(h, bit.tohex(h))
