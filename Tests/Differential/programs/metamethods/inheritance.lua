-- Classes, multiple inheritance, mixins, properties, operators and constructors.
local function class(...)
  local parents = {...}
  local c = {}
  c.__index = c
  setmetatable(c,
    {__index = function(_, k) for _, p in ipairs(parents) do local v = p[k] if v ~= nil then return v end end end,
    __call = function(cls, ...) local o = setmetatable({}, cls) if cls.init then cls.init(o, ...) end return o end})
  return c
end
local Named = class()
function Named:init(n) self.name = n end
function Named:hello() return "hello " .. self.name end
local Aged = class()
function Aged:age() return self.years or 0 end
function Aged:birthday() self.years = self:age() + 1 return self end
local Person = class(Named, Aged) function Person:hello() return Named.hello(self) .. "!" end
local p = Person("Ann")
print(p:hello(), p:age(), p:birthday():birthday():age(), p.nothing)
print(getmetatable(p) == Person, rawget(p, "hello"), Person.age == Aged.age)
local Stack = class()
function Stack:init(...) self.items = {...} end
function Stack:push(x) self.items[#self.items + 1] = x return self end
function Stack:pop() return table.remove(self.items) end
Stack.__len = function(s) return #s.items end
Stack.__concat = function(a, b)
  local r = Stack()
  for _, s in ipairs {a, b} do for _, x in ipairs(s.items) do r:push(x) end end
  return r
end
Stack.__eq = function(a, b)
  if #a ~= #b then return false end
  for i = 1, #a do if a.items[i] ~= b.items[i] then return false end end
  return true
end
Stack.__tostring = function(s) return "<" .. table.concat(s.items, " ") .. ">" end
Stack.__unm = function(s) local r = Stack() for i = #s, 1, -1 do r:push(s.items[i]) end return r end
Stack.__lt = function(a, b) return #a < #b end
Stack.__le = function(a, b) return #a <= #b end
local s = Stack(1, 2):push(3)
print(tostring(s), #s, tostring(-s), tostring(s .. Stack(4)), s == Stack(1, 2, 3), s ~= Stack(1),
  Stack() < s, s <= s, s:pop(), tostring(s))
local function properties(getters, setters)
  return setmetatable({}, {__index = function(t, k) return getters[k] and getters[k](t) end,
    __newindex = function(t, k, v)
    if setters[k] then setters[k](t, v) else error("no property " .. k, 2) end
  end})
end
local temp = 20
local th = properties({f = function() return temp * 9 / 5 + 32 end, c = function() return temp end},
  {f = function(_, v) temp = (v - 32) * 5 / 9 end, c = function(_, v) temp = v end})
print(th.f)
th.f = 212
print(th.c, th.f, pcall(function() th.k = 0 end))
local V = {}
V.__index = V
local function vec(x, y) return setmetatable({x = x, y = y}, V) end
V.__add = function(a, b) return vec(a.x + b.x, a.y + b.y) end
V.__sub = function(a, b) return a + -b end
V.__unm = function(a) return vec(-a.x, -a.y) end
V.__mul = function(a, b)
  if type(a) == "number" then
    return vec(a * b.x, a * b.y)
  elseif type(b) == "number" then
    return b * a
  end
  return a.x * b.x + a.y * b.y
end
V.__div = function(a, k) return a * (1 / k) end
V.__tostring = function(a) return a.x .. "," .. a.y end
V.__idiv = function(a, k) return vec(a.x // k, a.y // k) end
V.__mod = function(a, k) return vec(a.x % k, a.y % k) end
V.__pow = function(a, n)
  local r = vec(1, 1)
  for _ = 1, n do r = vec(r.x * a.x, r.y * a.y) end
  return r
end
V.__shl = function(a, n) return vec(a.x << n, a.y << n) end
V.__bnot = function(a) return vec(a.y, a.x) end
local a, b = vec(1, 2), vec(3, 5)
print(tostring(a + b), tostring(a - b), a * b, tostring(a * 2), tostring(2 * a), tostring(b / 2),
  tostring(b // 2), tostring(b % 2), tostring(b ^ 2), tostring(a << 3), tostring(~b),
  tostring(a + b * 2 - -a))
