-- Persistent lists, frozen tables and copy on write.
local nilv = {}
local function cons(h, t)
  return setmetatable({}, {__index = {h = h, t = t or nilv},
    __newindex = function() error("immutable list", 2) end,
    __len = function() local n, l = 1, t while l and l ~= nilv do n = n + 1 l = l.t end return n end,
    __tostring = function() local o, l = {tostring(h)}, t while l and l ~= nilv do o[#o + 1] = tostring(l.h) l = l.t end return "(" .. table.concat(o, " ") .. ")" end,
    __concat = function(a, b) if a == nilv then return b end return cons_(a.h, a.t == nilv and b or a.t .. b) end})
end
cons_ = cons
local l = cons(1, cons(2, cons(3)))
local m = cons(0, l)
print(l, m, #l, #m, m.t == l, l.t.h)
print(pcall(function() l.h = 5 end))
print(l .. m)
local function freeze(t, seen)
  seen = seen or {}
  if seen[t] then return seen[t] end
  local p = setmetatable({}, {__newindex = function(_, k) error("frozen: " .. tostring(k), 2) end,
    __len = function() return #t end, __pairs = function() return pairs(t) end,
    __metatable = "frozen"})
  seen[t] = p
  local inner = {}
  for k, v in pairs(t) do inner[k] = type(v) == "table" and freeze(v, seen) or v end
  debug.getmetatable(p).__index = inner
  return p
end
local fz = freeze {1, 2, {deep = {x = 1}}, k = "v"}
print(fz[1], fz[3].deep.x, fz.k, #fz, getmetatable(fz))
print(pcall(function() fz.new = 1 end))
print(pcall(function() fz[3].deep.x = 2 end))
print(pcall(setmetatable, fz, {}))
local function with(t, k, v) return setmetatable({[k] = v}, {__index = t}) end
local base = {a = 1, b = 2}
local v1 = with(base, "a", 10)
local v2 = with(v1, "c", 3)
print(v2.a, v2.b, v2.c, v1.c, base.a)
base.b = 20
print(v2.b)
local function update(t, path, f)
  local k, rest = path:match("^([^.]+)%.?(.*)$")
  local c = {}
  for kk, vv in pairs(t) do c[kk] = vv end
  c[k] = rest == "" and f(t[k]) or update(t[k] or {}, rest, f)
  return c
end
local s1 = {user = {name = "a", age = 1}, other = {}}
local s2 = update(s1, "user.age", function(x) return x + 1 end)
print(s1.user.age, s2.user.age, s2.user.name, s1.other == s2.other, s1.user == s2.user)
