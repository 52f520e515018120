-- Bitwise operators refuse what has no integer form, and name it.
local t, s, f, u = {}, "str", 1.5, nil
print(pcall(function() return 1 & 1.5 end))
print(pcall(function() return f | 1 end))
print(pcall(function() return 1 ~ f end))
print(pcall(function() return ~f end))
print(pcall(function() return 1 << f end))
print(pcall(function() return 2^64 & 1 end))
print(pcall(function() return math.huge | 0 end))
print(pcall(function() return (0/0) | 0 end))
print(pcall(function() return t & 1 end))
print(pcall(function() return 1 | t end))
print(pcall(function() return ~t end))
print(pcall(function() return s & 1 end))
print(pcall(function() return 1 >> s end))
print(pcall(function() return u ~ 1 end))
print(pcall(function() return t.x << 1 end))
print(pcall(function() return 1 & print end))
print(pcall(function() return true | 1 end))
print(pcall(function() return "1.5" | 0 end))
print(pcall(function() return "1e30" | 0 end))
print(pcall(function() return 1.5 & "x" end))
print(pcall(function() return undefinedglobal & 1 end))
print(pcall(function() return "3" & 1 end))
print(pcall(function() return ~"1" end))
print(pcall(function() return 1 << "2" end))
print(1e3 | 0, 2^62 | 0, -0.0 | 0)
-- popcount and bit reversal as a small use
local function popcount(x) local n = 0 while x ~= 0 do n = n + (x & 1) x = x >> 1 end return n end
print(popcount(0), popcount(-1), popcount(0xF0F0), popcount(math.mininteger))
local h = 5381
for c in ("hash me"):gmatch(".") do h = (h << 5) + h ~ c:byte() end
print(h, h & 0xffffffff)
