-- Bit operations of fuse.rt: on unsigned numbers of 32 bits.

local function number(f, ...) return __rt.str(f(...)) end

local function exact(f, ...) return string.format("%.0f", f(...)) end

check("band", number(__rt.band, 0xF0, 0x3C), "48")
check("bor", number(__rt.bor, 0x12, 0x21), "51")
check("bxor", number(__rt.bxor, 0x5A, 0x0F), "85")
check("bnot", exact(__rt.bnot, 0), "4294967295")
check("bnot", exact(__rt.bnot, 4294967295), "0")
check("shl", exact(__rt.shl, 1, 31), "2147483648")
check("shl", exact(__rt.shl, 1, 32), "0")
check("shr", exact(__rt.shr, 256, 4), "16")
check("shl", exact(__rt.shl, 1, -1), "0")
check("shl", exact(__rt.shl, 6, -1), "3")
check("shr", exact(__rt.shr, 3, -1), "6")
check("shl", exact(__rt.shl, 0xFFFFFFFF, 4), "4294967280")
check("shr", exact(__rt.shr, 0xFFFFFFFF, 31), "1")
check("shr", exact(__rt.shr, 0xFFFFFFFF, 1e300), "0")
check("band", exact(__rt.band, -1, 4294967296 + 5), "5")
check("band", exact(__rt.band, -1, -1), "4294967295")
check("bor", exact(__rt.bor, 1.9, -0.5), "4294967295")
check("bxor", exact(__rt.bxor, 0xFFFFFFFF, 0x0F0F0F0F), "4042322160")
for _, f in ipairs({ __rt.band, __rt.bor, __rt.bxor, __rt.shl, __rt.shr }) do
  for _, bad in ipairs({ 1 / 0, -1 / 0, 0 / 0 }) do
    check("finite", select(2, pcall(f, bad, 1)).message, "a bit operation needs finite numbers")
    check("finite", select(2, pcall(f, 1, bad)).message, "a bit operation needs finite numbers")
  end
end
check("finite", pcall(__rt.bnot, 0 / 0), false)
-- Products of results are those of binary64.
check("product", exact(function(x) return x * x * 2 end, __rt.band(-1, -1)), "36893488130239234048")

-- Against sums of single bits
local function slow(a, b, keep)
  local result, place = 0, 1
  for _ = 1, 32 do
    if keep(a % 2 + b % 2) then result = result + place end
    a, b, place = (a - a % 2) / 2, (b - b % 2) / 2, place * 2
  end
  return result
end
local seed = 7
local function random()
  seed = (seed * 16807) % 2147483647
  return seed * 2 + seed % 2
end
for _ = 1, 100 do
  local a, b = random(), random()
  check("and", __rt.band(a, b), slow(a, b, function(n) return n == 2 end))
  check("or", __rt.bor(a, b), slow(a, b, function(n) return n > 0 end))
  check("xor", __rt.bxor(a, b), slow(a, b, function(n) return n == 1 end))
end
