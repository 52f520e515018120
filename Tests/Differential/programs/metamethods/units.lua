-- Quantities with units: operators check and combine dimensions.
local U = {}
U.__index = U
local function q(v, d) return setmetatable({v = v, d = d or {}}, U) end
local function name(d)
  local ks, o = {}, {}
  for k in pairs(d) do ks[#ks + 1] = k end
  table.sort(ks)
  for _, k in ipairs(ks) do o[#o + 1] = d[k] == 1 and k or k .. "^" .. d[k] end
  return table.concat(o, "*")
end
local function comb(a, b, s)
  local d = {}
  for k, n in pairs(a.d) do d[k] = n end
  for k, n in pairs(b.d) do d[k] = (d[k] or 0) + s * n if d[k] == 0 then d[k] = nil end end
  return d
end
local function lift(x) return getmetatable(x) == U and x or q(x) end
local function same(a, b, op)
  if name(a.d) ~= name(b.d) then
    error(("cannot %s %s and %s"):format(op, name(a.d), name(b.d)), 3)
  end
end
U.__add = function(a, b) a, b = lift(a), lift(b) same(a, b, "add") return q(a.v + b.v, a.d) end
U.__sub = function(a, b) a, b = lift(a), lift(b) same(a, b, "subtract") return q(a.v - b.v, a.d) end
U.__mul = function(a, b) a, b = lift(a), lift(b) return q(a.v * b.v, comb(a, b, 1)) end
U.__div = function(a, b) a, b = lift(a), lift(b) return q(a.v / b.v, comb(a, b, -1)) end
U.__unm = function(a) return q(-a.v, a.d) end
U.__pow = function(a, n)
  local d = {}
  for k, e in pairs(a.d) do d[k] = e * n end
  return q(a.v ^ n, d)
end
U.__eq = function(a, b) return a.v == b.v and name(a.d) == name(b.d) end
U.__lt = function(a, b) same(a, b, "compare") return a.v < b.v end
U.__le = function(a, b) same(a, b, "compare") return a.v <= b.v end
U.__tostring = function(a)
  local n = name(a.d)
  return ("%g"):format(a.v) .. (n ~= "" and " " .. n or "")
end
U.__concat = function(a, b) return tostring(a) .. tostring(b) end
local m, s, kg = q(1, {m = 1}), q(1, {s = 1}), q(1, {kg = 1})
print(5 * m + 3 * m, 10 * m / (2 * s), kg * m / s ^ 2, -(2 * s), (3 * m) ^ 2, m / m,
  2 * (m / m) + 1)
print(2 * m < 3 * m, m <= m, m == 1 * m, m == s, 3 * m > 2 * m, "v=" .. 3 * m / s .. "!")
print(pcall(function() return m + s end))
print(pcall(function() return m < kg end))
print(pcall(function() return m + 1 end))
