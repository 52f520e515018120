-- luajit: no
-- Bit operators and table lookups: CRC-32 of a growing text, by table and bit by bit.
local n = tonumber(arg and arg[1]) or 330

local lookup = {}
for i = 0, 255 do
  local c = i
  for _ = 1, 8 do
    if c & 1 == 1 then c = 0xedb88320 ~ (c >> 1) else c = c >> 1 end
  end
  lookup[i] = c
end

local function crc(text)
  local c = 0xffffffff
  for i = 1, #text do
    c = lookup[(c ~ text:byte(i)) & 0xff] ~ (c >> 8)
  end
  return c ~ 0xffffffff
end

local function crcSlow(text)
  local c = 0xffffffff
  for i = 1, #text do
    c = c ~ text:byte(i)
    for _ = 1, 8 do c = (c >> 1) ~ (0xedb88320 & -(c & 1)) end
  end
  return c ~ 0xffffffff
end

assert(crc("123456789") == 0xcbf43926)
local text, sum = ("churring at dusk. "):rep(1000), 0
for i = 1, n do
  sum = sum ~ crc(text) ~ crcSlow(text:sub(1, 600 + i))
  text = text .. string.pack("<I4", sum)
end
print(string.format("crc32 %d %08x", n, sum))
