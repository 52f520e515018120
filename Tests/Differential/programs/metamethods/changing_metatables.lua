-- Metatables that change while in use; missing events looked up again.
local mt = {}
local t = setmetatable({}, mt)
print(t.x, pcall(function() return t + 1 end))
mt.__index = {x = "now"}
mt.__add = function() return "added" end
print(t.x, t + 1)
mt.__index = function(_, k) return k end
print(t.y)
mt.__index = nil
print(t.x)
mt.__add = nil
print(pcall(function() return t + 1 end))
for i = 1, 3 do mt.__index = function(_, k) return k .. i end io.write(t.z, " ") end
print()
for i = 1, 3 do setmetatable(t, {__index = {v = i}}) io.write(t.v, " ") end
print()
setmetatable(t, nil)
print(t.v)
local self_removing = setmetatable({}, {__index = function(o, k)
  setmetatable(o, nil)
  return "once"
end})
print(self_removing.a, self_removing.a)
local swap = setmetatable({}, {})
getmetatable(swap).__add = function(a, b)
  getmetatable(a).__add = function() return "second" end
  return "first"
end
print(swap + 1, swap + 1)
local shared = {__tostring = function(o) return "o" .. o.id end}
local o1, o2 = setmetatable({id = 1}, shared), setmetatable({id = 2}, shared)
print(tostring(o1), tostring(o2))
shared.__tostring = function(o) return "p" .. o.id end
print(tostring(o1), tostring(o2))
shared.__tostring = nil
print(tostring(o1):match("^table") , tostring(o2):match("^table"))
local e1, e2 = setmetatable({}, {__eq = function() return true end}), setmetatable({}, {})
print(e1 == e2, e2 == e1)
getmetatable(e1).__eq = nil
print(e1 == e2)
local weird = setmetatable({}, {__index = rawget, __newindex = rawset, __call = select,
  __len = rawlen, __concat = rawequal, __unm = type})
weird.x = 5
print(weird.x, weird.y, #weird, weird .. 1, -weird, pcall(weird, 1))
local mm = setmetatable({}, {__index = function(_, e)
  return e == "__add" and function() return "by meta-meta" end or nil
end})
print(pcall(function() return setmetatable({}, mm) + 1 end))
local loopobj = setmetatable({}, {__index = function(t, k)
  if k > 0 then return t[k - 1] + 1 end
  return 0
end})
print(loopobj[50])
local del = setmetatable({}, {__newindex = function(t, k, v)
  rawset(t, k, v) setmetatable(t, nil)
end})
del.a = 1 del.b = 2
print(del.a, del.b, getmetatable(del))
for k in pairs(shared) do shared[k] = nil end
shared.__close = function() print("closed late") end
do local c <close> = o1 end
print(pcall(function() local c <close> = setmetatable({}, {}) end))
