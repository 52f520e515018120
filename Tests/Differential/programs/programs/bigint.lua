-- Arbitrary-precision integers with metamethods.
local B = {} B.__index = B local BASE = 10^7 | 0
local function new(t, neg)
  while #t > 1 and t[#t] == 0 do t[#t] = nil end
  if #t == 1 and t[1] == 0 then neg = false end
  return setmetatable({d = t, neg = neg or false}, B)
end
local function big(v)
  if getmetatable(v) == B then return v end
  local s = tostring(v)
  local neg = s:sub(1, 1) == "-"
  if neg then s = s:sub(2) end
  local t = {}
  for i = #s, 1, -7 do t[#t + 1] = tonumber(s:sub(math.max(1, i - 6), i)) | 0 end
  return new(t, neg)
end
local function cmpabs(a, b)
  if #a.d ~= #b.d then return #a.d < #b.d and -1 or 1 end
  for i = #a.d, 1, -1 do if a.d[i] ~= b.d[i] then return a.d[i] < b.d[i] and -1 or 1 end end
  return 0
end
local function addabs(a, b)
  local t, c = {}, 0
  for i = 1, math.max(#a.d, #b.d) do
    local s = (a.d[i] or 0) + (b.d[i] or 0) + c
    t[i] = s % BASE c = s // BASE
  end
  if c > 0 then t[#t + 1] = c end
  return t
end
local function subabs(a, b)
  local t, c = {}, 0
  for i = 1, #a.d do local s = a.d[i] - (b.d[i] or 0) - c c = s < 0 and 1 or 0 t[i] = s % BASE end
  return t
end
B.__add = function(a, b)
  a, b = big(a), big(b)
  if a.neg == b.neg then return new(addabs(a, b), a.neg) end
  local c = cmpabs(a, b)
  if c >= 0 then return new(subabs(a, b), a.neg) end
  return new(subabs(b, a), b.neg)
end
B.__unm = function(a) return new({table.unpack(a.d)}, not a.neg) end
B.__sub = function(a, b) return big(a) + -big(b) end
B.__mul = function(a, b)
  a, b = big(a), big(b)
  local t = {}
  for i = 1, #a.d + #b.d do t[i] = 0 end
  for i = 1, #a.d do
    local c = 0
    for j = 1, #b.d do
      local s = t[i + j - 1] + a.d[i] * b.d[j] + c
      t[i + j - 1] = s % BASE c = s // BASE
    end
    t[i + #b.d] = t[i + #b.d] + c
  end
  return new(t, a.neg ~= b.neg)
end
B.__pow = function(a, n)
  local r = big(1)
  while n > 0 do if n & 1 == 1 then r = r * a end a = a * a n = n >> 1 end
  return r
end
B.__eq = function(a, b) return a.neg == b.neg and cmpabs(a, b) == 0 end
B.__lt = function(a, b)
  a, b = big(a), big(b)
  if a.neg ~= b.neg then return a.neg end
  local c = cmpabs(a, b)
  return a.neg and c > 0 or not a.neg and c < 0
end
B.__le = function(a, b) return not (b < a) end
B.__tostring = function(a)
  local o = {a.neg and "-" or "", tostring(a.d[#a.d])}
  for i = #a.d - 1, 1, -1 do o[#o + 1] = ("%07d"):format(a.d[i]) end
  return table.concat(o)
end
B.__concat = function(a, b) return tostring(a) .. tostring(b) end
B.__len = function(a) return #tostring(a) end
local f = big(1)
for i = 2, 50 do f = f * i end
print(f)
print(big(2) ^ 200)
print(big "123456789012345678901234567890" + big "987654321098765432109876543210",
  big(1) - big "100000000000000000000", -big(5) * 3)
local a, b = big(0), big(1)
for i = 1, 200 do a, b = b, a + b end
print(a, #a)
print(big(5) < 6, 7 < big(6), big(-3) < -2, big(3) == big(3), big(3) <= big(2), "n=" .. big(12),
  big "-0", big(math.mininteger))
print((big(10) ^ 30 - 1) * (big(10) ^ 30 + 1))
