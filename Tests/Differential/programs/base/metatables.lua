-- getmetatable, setmetatable, and __metatable protection.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
local t = {}
print(getmetatable(t), setmetatable(t, {}) == t, type(getmetatable(t)))
local locked = setmetatable({}, {__metatable = "locked"})
print(getmetatable(locked))
print(pcall(setmetatable, locked, {}))
print(pcall(setmetatable, locked, nil))
print(getmetatable(setmetatable({}, {__metatable = false})))
print(pcall(setmetatable, setmetatable({}, {__metatable = false}), nil))
print(getmetatable("x").__index == string, getmetatable("x") == getmetatable("y"))
print(getmetatable(1), getmetatable(nil), getmetatable(print), getmetatable(true))
print(pcall(setmetatable, 1, {}))
print(pcall(setmetatable, {}))
print(pcall(setmetatable, {}, 1))
print(pcall(setmetatable))
print(pcall(getmetatable))
setmetatable(t, nil)
print(getmetatable(t))
-- replacing metatable changes behaviour at once
local v = setmetatable({}, {__index = {x = "first"}})
print(v.x)
setmetatable(v, {__index = {x = "second"}})
print(v.x)
getmetatable(v).__index = {x = "third"}
print(v.x)
setmetatable(v, nil)
print(v.x)
-- self-referring metatable
local self = {}
self.__index = self
self.__metatable = nil
setmetatable(self, self)
self.name = "me"
print(self.name, rawget(self, "other"))
