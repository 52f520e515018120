-- Thousands, hex dumps, binary, padding, rounding and units.
local function commas(n)
  local s = tostring(n)
  local neg, int, frac = s:match("^(-?)(%d+)(.*)$")
  int = int:reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", "")
  return neg .. int .. frac
end
for _, n in ipairs {0, 12, 123, 1234, 123456, 1234567, -1234567, 1234.5, -999, 1000000000} do
  io.write(commas(n), " ")
end
print()
local function binary(n, w)
  local o = {}
  repeat table.insert(o, 1, n & 1) n = n >> 1 until n == 0
  return ("0"):rep((w or 0) - #o) .. table.concat(o)
end
print(binary(0), binary(5), binary(255), binary(5, 8), #binary(-1))
local function hexdump(s)
  for i = 1, #s, 8 do
    local part = s:sub(i, i + 7)
    print(("%04x  %-24s %s"):format(i - 1,
      part:gsub(".", function(c) return ("%02x "):format(c:byte()) end),
      (part:gsub("[^\32-\126]", "."))))
  end
end
hexdump("Hello\n\0World\255 end of it")
local function round(x, n) local f = 10 ^ (n or 0) return math.floor(x * f + 0.5) / f end
print(round(2.5), round(-2.5), round(3.14159, 2), round(1234.5678, -2))
local function size(b)
  local u = {"B", "K", "M", "G"}
  local i = 1
  while b >= 1024 and i < #u do b = b / 1024 i = i + 1 end
  return ("%.1f%s"):format(b, u[i])
end
print(size(0), size(1023), size(1024), size(1536), size(1 << 20), size(1 << 40))
local function ordinal(n)
  local r = n % 100
  if r >= 11 and r <= 13 then return n .. "th" end
  return n .. (({"st", "nd", "rd"})[n % 10] or "th")
end
for _, n in ipairs {1, 2, 3, 4, 11, 12, 13, 21, 101, 111} do io.write(ordinal(n), " ") end
print()
print(("%5.1f%%"):format(99.55), ("%+.2e"):format(12345.678), ("%08.3f"):format(-3.14159),
  ("%x %X %#x"):format(3735928559, 3735928559, 255), ("%o"):format(8),
  ("%.3s|%5s|%-5s|"):format("abcdef", "ab", "ab"), ("%c%c%c"):format(0x4c, 0x75, 0x61))
