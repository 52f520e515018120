-- __index by tables, functions, chains; rawget; method lookup; nil results.
local log = {}
local base = {inherited = "base", n = 1}
local obj = setmetatable({own = "own"}, {__index = base})
print(obj.own, obj.inherited, obj.missing, rawget(obj, "inherited"))
base.inherited = "changed" base.new = "new"
print(obj.inherited, obj.new)
obj.inherited = "mine"
print(obj.inherited, base.inherited)
local f = setmetatable({x = 1}, {__index = function(t, k)
  log[#log + 1] = tostring(k)
  return k, "dropped"
end})
print(f.x, f.y, f[1], f[1.5], f[true], select("#", f.z))
print(table.concat(log, " "))
local chain = setmetatable({a = 1},
  {__index = setmetatable({b = 2}, {__index = setmetatable({c = 3}, {__index = function(t, k) return k .. "?" end})})})
print(chain.a, chain.b, chain.c, chain.d)
local nilvalue = setmetatable({}, {__index = {x = nil}}) print(nilvalue.x) f.x = nil print(f.x)
local falsev = setmetatable({v = false}, {__index = {v = true}})
print(falsev.v)
falsev.v = nil
print(falsev.v)
local Class = {}
Class.__index = Class
function Class.new(x) return setmetatable({x = x}, Class) end
function Class:get() return self.x end
local Sub = setmetatable({}, {__index = Class})
Sub.__index = Sub
function Sub.new(x) return setmetatable(Class.new(x), Sub) end
function Sub:twice() return self:get() * 2 end
print(Sub.new(21):twice(), Sub.new(1):get(), Class.new(2).twice)
local count = 0
local lazy = setmetatable({}, {__index = function(t, k)
  count = count + 1
  local v = k * k
  rawset(t, k, v)
  return v
end})
print(lazy[4], lazy[4], lazy[5], count)
local str = setmetatable({}, {__index = "string value"})
print(str.upper == string.upper, str.len("abc"), pcall(function() return str.x.y end))
print(pcall(function() return setmetatable({}, {__index = 5}).x end))
local arr = setmetatable({10, 20}, {__index = function(_, i) return i * 100 end})
print(arr[1], arr[2], arr[3], #arr, rawlen(arr))
for i = 1, 4 do io.write(arr[i], " ") end
print()
local g = setmetatable({}, {__index = _G})
print(g.print == print, g.string.rep("x", 2))
local callable = setmetatable({},
  {__index = setmetatable({}, {__call = function() return "never by call" end})})
print(callable.x)
