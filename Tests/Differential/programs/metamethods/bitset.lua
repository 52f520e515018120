-- Sets of small integers as bit vectors, with all bitwise metamethods.
local S = {}
S.__index = S
local function set(...)
  local o = setmetatable({w = {}}, S)
  for _, v in ipairs {...} do o:add(v) end
  return o
end
function S:add(v) local i = v // 64 self.w[i] = (self.w[i] or 0) | 1 << v % 64 return self end
function S:has(v) return (self.w[v // 64] or 0) >> v % 64 & 1 == 1 end
function S:list()
  local o, ks = {}, {}
  for i in pairs(self.w) do ks[#ks + 1] = i end
  table.sort(ks)
  for _, i in ipairs(ks) do
    for b = 0, 63 do if self.w[i] >> b & 1 == 1 then o[#o + 1] = i * 64 + b end end
  end
  return o
end
local function combine(a, b, f)
  local r = set()
  for _, x in ipairs {a, b} do
    for i in pairs(x.w) do local v = f(a.w[i] or 0, b.w[i] or 0) r.w[i] = v ~= 0 and v or nil end
  end
  return r
end
S.__band = function(a, b) return combine(a, b, function(x, y) return x & y end) end
S.__bor = function(a, b) return combine(a, b, function(x, y) return x | y end) end
S.__bxor = function(a, b) return combine(a, b, function(x, y) return x ~ y end) end
S.__sub = function(a, b) return combine(a, b, function(x, y) return x & ~y end) end
S.__len = function(a) return #a:list() end
S.__eq = function(a, b) return #(a ~ b) == 0 end
S.__le = function(a, b) return #(a - b) == 0 end
S.__lt = function(a, b) return a <= b and a ~= b end
S.__tostring = function(a) return "{" .. table.concat(a:list(), ",") .. "}" end
S.__shl = function(a, n)
  local r = set()
  for _, v in ipairs(a:list()) do r:add(v + n) end
  return r
end
S.__shr = function(a, n)
  local r = set()
  for _, v in ipairs(a:list()) do if v >= n then r:add(v - n) end end
  return r
end
S.__call = function(a, v) return a:has(v) end
local a, b = set(1, 5, 63, 64, 200), set(5, 64, 300)
print(tostring(a & b), tostring(a | b), tostring(a ~ b), tostring(a - b), #a, a(63), a(62))
print(set(1, 2) == set(2, 1), set(1) == set(2), set(1) < set(1, 2), set(1, 2) <= set(1, 2),
  set(3) <= set(1), tostring(set() | set()), tostring(a << 10), tostring(a >> 5))
