-- Any value travels through pcall unchanged, and nested handlers keep it.
local key = {}
print(pcall(error, key) == false, select(2, pcall(error, key)) == key)
local function rethrow(e)
  local ok, v = pcall(error, e, 0)
  assert(not ok)
  error(v, 0)
end
for _, v in ipairs { 1, 2.5, "text", true, false } do
  local ok, got = pcall(rethrow, v)
  print(ok, got, type(got), math.type(got))
end
print(pcall(rethrow, nil))
-- An error in a message handler of a nested level reaches the outer one.
print(xpcall(function()
  local ok, m = xpcall(error, function(m) return "inner:" .. tostring(m) end, "a")
  error(m .. ":outer", 0)
end, function(m) return "handled " .. m end))
-- error with an object whose __tostring counts: nothing calls it here.
local calls = 0
local obj = setmetatable({}, {__tostring = function() calls = calls + 1 return "obj" end})
local ok, e = pcall(error, obj)
print(ok, rawequal(e, obj), calls)
print(tostring(e), calls)
-- functions and coroutines as error values
local f = function() return "called" end
print(select(2, pcall(error, f))())
local co = coroutine.create(function() end)
print(type(select(2, pcall(error, co))))
-- error values keep their float or integer kind
print(math.type(select(2, pcall(error, 3))), math.type(select(2, pcall(error, 3.0))))
