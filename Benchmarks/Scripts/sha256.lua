-- luajit: no
-- Bit operators on 32-bit words: SHA-256 of growing messages (FIPS 180-4).
local n = tonumber(arg and arg[1]) or 220

-- The constants are fractional parts of roots of the first primes, computed here.
local function fraction(x)
  return math.floor((x - math.floor(x)) * 4294967296.0)
end

local k, initial = {}, {}
do
  local candidate = 2
  while #k < 64 do
    local prime = true
    for d = 2, math.floor(math.sqrt(candidate)) do
      if candidate % d == 0 then prime = false break end
    end
    if prime then
      -- A cube root by Newton's method from the library's estimate, exact enough for 32 bits.
      local root = candidate ^ (1 / 3)
      root = root - (root * root * root - candidate) / (3 * root * root)
      k[#k + 1] = fraction(root)
      if #initial < 8 then initial[#initial + 1] = fraction(math.sqrt(candidate)) end
    end
    candidate = candidate + 1
  end
end

local function rotate(x, by)
  return ((x >> by) | (x << (32 - by))) & 0xffffffff
end

local function pad(message)
  local zeros = (55 - #message) % 64
  return message .. "\128" .. ("\0"):rep(zeros) .. string.pack(">I8", #message * 8)
end

local function sha256(message)
  local h1, h2, h3, h4, h5, h6, h7, h8 = table.unpack(initial)
  local text, w = pad(message), {}
  for at = 1, #text, 64 do
    for i = 1, 16 do
      local b1, b2, b3, b4 = text:byte(at + i * 4 - 4, at + i * 4 - 1)
      w[i] = b1 << 24 | b2 << 16 | b3 << 8 | b4
    end
    for i = 17, 64 do
      local x, y = w[i - 15], w[i - 2]
      local s0 = rotate(x, 7) ~ rotate(x, 18) ~ (x >> 3)
      local s1 = rotate(y, 17) ~ rotate(y, 19) ~ (y >> 10)
      w[i] = (w[i - 16] + s0 + w[i - 7] + s1) & 0xffffffff
    end
    local a, b, c, d, e, f, g, h = h1, h2, h3, h4, h5, h6, h7, h8
    for i = 1, 64 do
      local s1 = rotate(e, 6) ~ rotate(e, 11) ~ rotate(e, 25)
      local choice = (e & f) ~ (~e & g)
      local t1 = h + s1 + choice + k[i] + w[i]
      local s0 = rotate(a, 2) ~ rotate(a, 13) ~ rotate(a, 22)
      local majority = (a & b) ~ (a & c) ~ (b & c)
      h, g, f, e, d, c, b, a = g, f, e, (d + t1) & 0xffffffff, c, b, a,
        (t1 + s0 + majority) & 0xffffffff
    end
    h1, h2 = h1 + a & 0xffffffff, h2 + b & 0xffffffff
    h3, h4 = h3 + c & 0xffffffff, h4 + d & 0xffffffff
    h5, h6 = h5 + e & 0xffffffff, h6 + f & 0xffffffff
    h7, h8 = h7 + g & 0xffffffff, h8 + h & 0xffffffff
  end
  return string.format(("%08x"):rep(8), h1, h2, h3, h4, h5, h6, h7, h8)
end

assert(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
local digest = ""
for i = 1, n do
  digest = sha256(digest .. ("nightjar"):rep(i * 4))
end
print(string.format("sha256 %d %s", n, digest))
