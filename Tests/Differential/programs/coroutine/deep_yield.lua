-- Yields from deep recursion, loops, vararg functions and method calls.
local function walk(t, depth)
  depth = depth or 0
  for i = 1, #t do
    if type(t[i]) == "table" then walk(t[i], depth + 1) else coroutine.yield(t[i], depth) end
  end
end
for v, d in coroutine.wrap(function() walk {1, {2, {3, {4}}, 5}, {{6}}} end) do
  io.write(v, "@", d, " ")
end
print()
local Obj = {}
Obj.__index = Obj
function Obj:each() for _, v in ipairs(self.items) do self:visit(v) end end
function Obj:visit(v) coroutine.yield(self.name .. v) end
local o = setmetatable({name = "o", items = {1, 2, 3}}, Obj)
for v in coroutine.wrap(function() o:each() end) do io.write(v, " ") end
print()
local function va(...)
  for i = 1, select("#", ...) do coroutine.yield((select(i, ...))) end
  return select("#", ...)
end
local g = coroutine.wrap(va)
print(g("a", nil, "c"), g(), g(), g())
local function rec(n)
  if n == 0 then return coroutine.yield("bottom") end
  local r = rec(n - 1)
  return r + 1
end
local co = coroutine.wrap(rec)
print(co(200), co(0))
local function comb(n, k, start, cur)
  start, cur = start or 1, cur or {}
  if #cur == k then coroutine.yield(table.concat(cur)) return end
  for i = start, n do cur[#cur + 1] = i comb(n, k, i + 1, cur) cur[#cur] = nil end
end
for c in coroutine.wrap(function() comb(5, 3) end) do io.write(c, " ") end
print()
local t = setmetatable({}, {__index = function(_, k) return coroutine.yield("need " .. k) end})
local lazy = coroutine.wrap(function() return t.x .. t.y end)
print(lazy(), lazy("X"), lazy("Y"))
local expr = coroutine.wrap(function()
  local y = coroutine.yield
  return (y(1) + y(2)) * y(3) - #y(4)
end)
expr() expr(10) expr(20) expr(2)
print(expr("four"))
local nest = coroutine.wrap(function()
  for i = 1, 2 do
    for v in coroutine.wrap(function() for j = 1, 2 do coroutine.yield(i * 10 + j) end end) do
      coroutine.yield(v)
    end
  end
end)
print(nest(), nest(), nest(), nest(), nest())
