-- Building binary buffers and reading them back with pack, byte and sub.
local function w(...)
  local o = {}
  for _, v in ipairs {...} do
    o[#o + 1] = math.type(v) == "integer" and string.pack("<Bi8", 1, v) or
      math.type(v) == "float" and string.pack("<Bd", 2, v) or type(v) == "string" and
      string.pack("<Bs2", 3, v) or string.pack("<BB", 4, v and 1 or 0)
  end
  return table.concat(o)
end
local function r(s)
  local o, pos = {}, 1
  while pos <= #s do
    local tag
    tag, pos = string.unpack("<B", s, pos)
    local v
    v, pos = string.unpack(({"<i8", "<d", "<s2", "<B"})[tag], s, pos)
    if tag == 4 then v = v == 1 end
    o[#o + 1] = v
  end
  return table.unpack(o)
end
print(r(w(1, -1, 2.5, "text", true, false, "", math.mininteger, 1e300)))
print(#w(1), #w("abc"), w(5):byte(1, -1))
local function varint(n)
  local o = {}
  repeat local b = n & 0x7f n = n >> 7 o[#o + 1] = string.char(n > 0 and b | 0x80 or b) until n == 0
  return table.concat(o)
end
local function unvarint(s, p)
  local n, sh = 0, 0
  for i = p or 1, #s do
    local b = s:byte(i)
    n = n | (b & 0x7f) << sh sh = sh + 7
    if b < 0x80 then return n, i + 1 end
  end
  error("truncated", 0)
end
for _, v in ipairs {0, 1, 127, 128, 300, 1 << 35, math.maxinteger} do
  local e = varint(v)
  io.write(#e, ":", tostring(unvarint(e) == v), " ")
end
print(pcall(unvarint, "\x80"))
local hdr = string.pack(">I4 I2 z s1", 0xCAFEBABE, 7, "name", "\0\1")
print(#hdr, string.unpack(">I4 I2 z", hdr))
for i = 1, #hdr do io.write(("%02x"):format(hdr:byte(i))) end
print()
