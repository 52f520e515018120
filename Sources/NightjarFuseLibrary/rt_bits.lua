-- Parts of fuse.rt: bit operations on whole numbers from 0 to 2^32 - 1.

-- part: word
do
  local floor = math.floor
  -- A number rounded down, modulo 2^32.
  function __rt.word(x)
--#if integers
    local low = x // 1.0 % 4294967296.0
--#else
    local low = floor(x) % 4294967296
--#end
    if low ~= low then __rt.panic("a bit operation needs finite numbers") end
    return low
  end
end

-- part: band
--#if native_bitops
function __rt.band(a, b) return (__rt.word(a) & __rt.word(b)) + 0.0 end
--#elseif luajit
do
  local band = bit.band
  function __rt.band(a, b) return band(__rt.word(a), __rt.word(b)) % 4294967296 end
end
--#elseif bit32
do
  local band = bit32.band
  function __rt.band(a, b) return band(__rt.word(a), __rt.word(b)) end
end
--#else
do
  -- The results for two groups of four bits.
  local nibbles = {}
  for a = 0, 15 do
    for b = 0, 15 do
      local result, place = 0, 1
      local x, y = a, b
      for _ = 1, 4 do
        if x % 2 == 1 and y % 2 == 1 then result = result + place end
        x, y, place = (x - x % 2) / 2, (y - y % 2) / 2, place * 2
      end
      nibbles[a * 16 + b] = result
    end
  end
  function __rt.band(a, b)
    a, b = __rt.word(a), __rt.word(b)
    local result, place = 0, 1
    while a > 0 and b > 0 do
      local x, y = a % 16, b % 16
      result = result + nibbles[x * 16 + y] * place
      a, b, place = (a - x) / 16, (b - y) / 16, place * 16
    end
    return result
  end
end
--#end

-- part: bor
--#if native_bitops
function __rt.bor(a, b) return (__rt.word(a) | __rt.word(b)) + 0.0 end
--#else
function __rt.bor(a, b)
  a, b = __rt.word(a), __rt.word(b)
  return a + b - __rt.band(a, b)
end
--#end

-- part: bxor
--#if native_bitops
function __rt.bxor(a, b) return (__rt.word(a) ~ __rt.word(b)) + 0.0 end
--#else
function __rt.bxor(a, b)
  a, b = __rt.word(a), __rt.word(b)
  return a + b - 2 * __rt.band(a, b)
end
--#end

-- part: bnot
function __rt.bnot(a) return 4294967295 - __rt.word(a) end

-- part: shift
-- A number times a power of 2, modulo 2^32 and rounded down.
function __rt.shift(a, count)
  a = __rt.word(a)
  if count - count ~= 0 then __rt.panic("a bit operation needs finite numbers") end
  count = count - count % 1
  if count >= 32 or count <= -32 then return 0 end
  local moved = a * 2 ^ count % 4294967296
  return moved - moved % 1
end

-- part: shl
function __rt.shl(a, count) return __rt.shift(a, count) end

-- part: shr
function __rt.shr(a, count) return __rt.shift(a, -(count - count % 1)) end
