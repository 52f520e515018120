-- Checksums and hashes with 32-bit and 64-bit arithmetic.
local function crc32(s)
  local crc = 0xFFFFFFFF
  for i = 1, #s do
    crc = crc ~ s:byte(i)
    for _ = 1, 8 do crc = crc & 1 == 1 and (crc >> 1) ~ 0xEDB88320 or crc >> 1 end
  end
  return ~crc & 0xFFFFFFFF
end
print(("%08x %08x"):format(crc32 "123456789", crc32 ""))
local function adler(s)
  local a, b = 1, 0
  for i = 1, #s do a = (a + s:byte(i)) % 65521 b = (b + a) % 65521 end
  return b << 16 | a
end
print(("%08x"):format(adler "Wikipedia"))
local function fnv(s)
  local h = 0xcbf29ce484222325
  for i = 1, #s do h = (h ~ s:byte(i)) * 0x100000001b3 end
  return h
end
print(("%016x %016x"):format(fnv "", fnv "hello"))
local function md5(msg)
  local K, S = {}, {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21}
  for i = 0, 63 do K[i] = math.floor(math.abs(math.sin(i + 1)) * 2^32) end
  local function rol(x, n) x = x & 0xffffffff return (x << n | x >> (32 - n)) & 0xffffffff end
  local len = #msg * 8
  msg = msg .. "\128" .. ("\0"):rep((55 - #msg) % 64) .. string.pack("<I8", len)
  local a0, b0, c0, d0 = 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476
  for chunk = 1, #msg, 64 do
    local M = {string.unpack("<" .. ("I4"):rep(16), msg, chunk)}
    local A, B, C, D = a0, b0, c0, d0
    for i = 0, 63 do
      local F, g
      local r = i // 16
      if r == 0 then
        F, g = (B & C) | (~B & D), i
      elseif r == 1 then
        F, g = (D & B) | (~D & C), (5 * i + 1) % 16
      elseif r == 2 then
        F, g = B ~ C ~ D, (3 * i + 5) % 16
      else
        F, g = C ~ (B | (~D & 0xffffffff)), 7 * i % 16
      end
      F = F + A + K[i] + M[g + 1]
      A, D, C, B = D, C, B, B + rol(F, S[r * 4 + i % 4 + 1]) & 0xffffffff
    end
    a0, b0, c0, d0 = a0 + A & 0xffffffff, b0 + B & 0xffffffff, c0 + C & 0xffffffff,
      d0 + D & 0xffffffff
  end
  return (string.pack("<I4I4I4I4", a0, b0, c0, d0):gsub(".",
    function(c) return ("%02x"):format(c:byte()) end))
end
print(md5 "", md5 "abc")
print(md5(("a"):rep(100)))
local b64c = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local function b64(s)
  local out = {}
  for i = 1, #s, 3 do
    local a, b, c = s:byte(i, i + 2)
    local n = a << 16 | (b or 0) << 8 | (c or 0)
    for k = 3, 0, -1 do
      local idx = n >> (6 * k) & 63
      out[#out + 1] = (k == 0 and not c or k == 1 and not b) and "=" or b64c:sub(idx + 1, idx + 1)
    end
  end
  return table.concat(out)
end
local function unb64(s)
  s = s:gsub("[^%w+/]", "")
  local out, n, bits = {}, 0, 0
  for ch in s:gmatch(".") do
    n = n << 6 | (b64c:find(ch, 1, true) - 1) bits = bits + 6
    if bits >= 8 then bits = bits - 8 out[#out + 1] = string.char(n >> bits & 255) end
  end
  return table.concat(out)
end
for _, s in ipairs {"", "f", "fo", "foo", "foobar", "\0\255\128"} do
  io.write(b64(s), " ", tostring(unb64(b64(s)) == s), " ")
end
print()
local function xorshift(seed)
  local s = seed
  return function() s = s ~ (s << 13) s = s ~ (s >> 7) s = s ~ (s << 17) return s end
end
local r = xorshift(88172645463325252)
print(r(), r(), r())
local function lcg(s)
  return function() s = (s * 6364136223846793005 + 1442695040888963407) return s >> 33 end
end
local q = lcg(42)
print(q(), q(), q())
local function sip(x)
  for i = 1, 10 do x = (x << 13 | x >> 51) ~ (x * 0x9E3779B97F4A7C15) end
  return x
end
print(("%x"):format(sip(1)), sip(math.mininteger))
local function bits(n)
  local o = {}
  for i = 7, 0, -1 do o[#o + 1] = n >> i & 1 end
  return table.concat(o)
end
print(bits(0xA5), bits(~0xA5 & 255), bits(0xA5 ~ 0xFF), bits(1 << 7 >> 3))
