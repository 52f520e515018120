-- Varargs into tables and back, keeping nils by count.
local function collect(...) return {n = select("#", ...), ...} end
local function spread(t) return table.unpack(t, 1, t.n) end
local c = collect(nil, 2, nil, 4, nil)
print(c.n, spread(c))
print(collect(spread(c)).n, collect(spread(collect())).n)
local function map(f, ...)
  local t = collect(...)
  for i = 1, t.n do t[i] = f(t[i]) end
  return spread(t)
end
print(map(tostring, 1, nil, true))
print(map(type, nil, nil))
local function filter(p, ...)
  local r = {n = 0}
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    if p(v) then r.n = r.n + 1 r[r.n] = v end
  end
  return spread(r)
end
print(filter(function(v) return v ~= nil end, 1, nil, 2, nil))
local function reverse(...)
  local function go(n, ...)
    if n == 0 then return end
    local v = select(n, ...)
    return v, go(n - 1, ...)
  end
  return go(select("#", ...), ...)
end
print(reverse(1, nil, 3))
local function bind(f, ...)
  local a = collect(...)
  return function(...)
    local b = collect(...)
    for i = 1, b.n do a[a.n + i] = b[i] end
    local r = collect(f(table.unpack(a, 1, a.n + b.n)))
    for i = 1, b.n do a[a.n + i] = nil end
    return spread(r)
  end
end
print(bind(string.format, "%s-%s")("x", "y"))
local function interleave(a, b)
  local r = {}
  for i = 1, math.max(#a, #b) do r[#r + 1] = a[i] r[#r + 1] = b[i] end
  return r
end
print(table.concat(interleave({1, 2, 3}, {"a", "b", "c"}), " "))
local function maxn(...)
  local m = -math.huge
  for _, v in ipairs {...} do if v > m then m = v end end
  return m
end
print(maxn(3, 9, 2), (maxn()))
local function nested(...)
  local function inner(...) return select("#", ...), ... end
  return inner(..., "tail")
end
print(nested(1, 2))
print((function(...) local a, b = ..., "x" return a, b end)(1, 2))
print(pcall(function(...) return select("#", ...) end, table.unpack({}, 1, 20)))
