-- Classic bit manipulations on 64-bit integers.
local function pop(x) local n = 0 while x ~= 0 do x = x & (x - 1) n = n + 1 end return n end
local function clz(x)
  if x == 0 then return 64 end
  local n = 0
  while x > 0 do x = x << 1 n = n + 1 end
  return n
end
local function ctz(x)
  if x == 0 then return 64 end
  local n = 0
  while x & 1 == 0 do x = x >> 1 n = n + 1 end
  return n
end
local function rev(x) local r = 0 for i = 1, 64 do r = r << 1 | x & 1 x = x >> 1 end return r end
local function rol(x, k) k = k & 63 return x << k | x >> (64 - k) end
local function ror(x, k) return rol(x, -k) end
local function sar(x, k) return x // (1 << k) end
for _, x in ipairs {0, 1, 2, 255, 256, -1, -2, math.maxinteger, math.mininteger, 0x0F0F0F0F,
  0x123456789ABCDEF0} do
  print(x, pop(x), clz(x), ctz(x), rev(x), rol(x, 8), ror(x, 8), ~x, -x, x ~ -1 == ~x, x & -x)
end
print(sar(-8, 1), -8 >> 1, sar(-1, 10), sar(8, 2), 1 << 63 == math.mininteger,
  (1 << 63) - 1 == math.maxinteger, -1 >> 1 == math.maxinteger, 3 << 62, 1 << -1, 4 >> -1, 1 << 64,
  1 >> 64, 1 << math.maxinteger, 1 >> math.mininteger)
local function swap(a, b) a = a ~ b b = a ~ b a = a ~ b return a, b end
print(swap(5, 9))
local set = 0
for _, i in ipairs {1, 5, 63, 0} do set = set | 1 << i end
local mem = {}
for i = 0, 63 do if set >> i & 1 == 1 then mem[#mem + 1] = i end end
print(table.concat(mem, " "), ("%X"):format(set))
local function gray(n) return n ~ n >> 1 end
for i = 0, 7 do io.write(gray(i), " ") end
print(pop(set ~ set), 0xFF & ~0x0F, 0xF0 | 0x0F, 0xFF ~ 0x0F, ~~7, 5 // 1 & 4, 2^31 | 0, 7.0 & 3,
  1e15 // 1 | 0)
local function parity(x)
  for _, s in ipairs {32, 16, 8, 4, 2, 1} do x = x ~ x >> s end
  return x & 1
end
print(parity(0), parity(1), parity(3), parity(-1), parity(math.mininteger), math.ult(1, -1),
  math.ult(-1, 1), string.format("%x", -1 >> 4), string.format("%d", 0xFFFFFFFF << 4))
