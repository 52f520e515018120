-- Dispatch by tables, strings and closures instead of switch.
local function enum(...)
  local e, names = {}, {...}
  for i, n in ipairs(names) do e[n] = i e[i] = n end
  return setmetatable({}, {__index = function(_, k)
    local v = e[k]
    if v == nil then error("no such constant: " .. tostring(k), 2) end
    return v
  end, __newindex = function()
    error("enum is constant", 2)
  end, __len = function() return #names end})
end
local Color = enum("RED", "GREEN", "BLUE")
print(Color.RED, Color[2], #Color, Color.BLUE)
print(pcall(function() return Color.PINK end))
print(pcall(function() Color.RED = 5 end))
local function switch(cases)
  return function(v, ...)
    local f = cases[v] or cases.default
    if type(f) == "function" then return f(v, ...) end
    return f
  end
end
local describe = switch {[1] = "one", [2] = function(v, x) return "two with " .. tostring(x) end,
  [Color.BLUE] = "three is blue", default = function(v) return "other " .. tostring(v) end}
print(describe(1), describe(2, "x"), describe(3), describe("z"), describe(1.0))
local ops = setmetatable({["+"] = function(a, b) return a + b end,
  ["-"] = function(a, b) return a - b end},
  {__index = function(_, op) return function() return nil, "bad operator " .. op end end})
print(ops["+"](1, 2), ops["-"](1, 2), ops["?"](1, 2))
local Shape = {}
for name, area in pairs {circle = function(s) return 3 * s.r ^ 2 end, rect =
  function(s) return s.w * s.h end} do
  Shape[name] = function(t) return setmetatable(t, {__index = {area = area, kind = name}}) end
end
for _, s in ipairs {Shape.circle {r = 2}, Shape.rect {w = 2, h = 5}} do print(s.kind, s:area()) end
local function visit(n, v) return v[n.t] and v[n.t](n, v) or "?" end
local V = {num = function(n) return n.v end, add = function(n, v)
  return visit(n.l, v) .. "+" .. visit(n.r, v)
end}
print(visit({t = "add", l = {t = "num", v = 1}, r = {t = "add", l = {t = "num", v = 2}, r = {t = "x"}}},
  V))
