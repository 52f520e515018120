-- map, filter, fold, zip, group, flatten and deep operations.
local function map(t, f) local r = {} for i, v in ipairs(t) do r[i] = f(v, i) end return r end
local function filter(t, p)
  local r = {}
  for _, v in ipairs(t) do if p(v) then r[#r + 1] = v end end
  return r
end
local function fold(t, f, a) for _, v in ipairs(t) do a = f(a, v) end return a end
local function range(a, b, s) local r = {} for i = a, b, s or 1 do r[#r + 1] = i end return r end
print(table.concat(map(range(1, 5), function(x) return x * x end), " "),
  table.concat(filter(range(1, 20), function(x) return x % 3 == 0 end), " "), fold(range(1, 10),
  function(a, b) return a + b end, 0), fold({"a", "b"}, function(a, b) return b .. a end, ""))
local function zip(...)
  local ls, r = {...}, {}
  for i = 1, #ls[1] do r[i] = map(ls, function(l) return l[i] end) end
  return r
end
for _, z in ipairs(zip({1, 2}, {"a", "b"}, {true, false})) do
  io.write(tostring(z[1]), tostring(z[2]), tostring(z[3]), " ")
end
local function group(t, f)
  local g, order = {}, {}
  for _, v in ipairs(t) do
    local k = f(v)
    if not g[k] then g[k] = {} order[#order + 1] = k end
    table.insert(g[k], v)
  end
  return g, order
end
local g, ks = group(range(1, 10), function(x) return x % 3 end)
for _, k in ipairs(ks) do io.write(k, ":", table.concat(g[k], ","), " ") end
print()
local function flatten(t, r)
  r = r or {}
  for _, v in ipairs(t) do if type(v) == "table" then flatten(v, r) else r[#r + 1] = v end end
  return r
end
print(table.concat(flatten {1, {2, {3, {4}}, 5}, {{6}}}, " "))
local function copy(t, seen)
  if type(t) ~= "table" then return t end
  seen = seen or {}
  if seen[t] then return seen[t] end
  local r = {}
  seen[t] = r
  for k, v in pairs(t) do r[copy(k, seen)] = copy(v, seen) end
  return setmetatable(r, getmetatable(t))
end
local orig = {1, {2}, x = {y = {}}}
orig.self = orig
local c = copy(orig)
print(c ~= orig, c.self == c, c[2] ~= orig[2], c[2][1], c.x.y ~= orig.x.y)
local function equal(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for k, v in pairs(a) do if not equal(v, b[k]) then return false end end
  for k in pairs(b) do if a[k] == nil then return false end end
  return true
end
print(equal({1, {2}}, {1, {2}}), equal({1}, {1, 2}), equal({a = 1}, {a = 1, b = nil}), equal(1,
  1.0), equal({}, {}))
local function uniq(t)
  local s, r = {}, {}
  for _, v in ipairs(t) do if not s[v] then s[v] = true r[#r + 1] = v end end
  return r
end
print(table.concat(uniq {3, 1, 3, 2, 1, 1.0}, " "))
local function chunk(t, n)
  local r = {}
  for i = 1, #t, n do
    r[#r + 1] = table.concat({table.unpack(t, i, math.min(i + n - 1, #t))}, "")
  end
  return table.concat(r, "|")
end
print(chunk(range(1, 10), 3))
local function curry(f, n)
  return n == 1 and f or function(x) return curry(function(...) return f(x, ...) end, n - 1) end
end
print(curry(function(a, b, c) return a + b * c end, 3)(1)(2)(3))
local function rev(t) local r = {} for i = #t, 1, -1 do r[#r + 1] = t[i] end return r end
print(table.concat(rev(range(1, 5)), " "), #rev {})
print(table.concat(fold(range(1, 5), function(a, v) table.insert(a, 1, v) return a end, {}), ""))
