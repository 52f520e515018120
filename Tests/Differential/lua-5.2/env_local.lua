-- _ENV as a local, a parameter and an upvalue.
local print, setmetatable, pcall, select, type = print, setmetatable, pcall, select, type
do
  local _ENV = {print = print}
  x = 5
  print(x, _ENV.x, type == nil)
end
print(x)
local function with(_ENV) y = (y or 0) + 1 return y end
local e = {y = 10}
print(with(e), with(e), e.y, y)
local function nested()
  local _ENV = {v = 1}
  return function() v = v + 1 return v end, function(new) _ENV = new end
end
local step, replace = nested()
print(step(), step())
replace {v = 100}
print(step())
print(pcall(function() local _ENV = nil return undefined end))
print(pcall(function() local _ENV = nil; undefined = 1 end))
print(pcall(function(_ENV) return a.b end, {}))
local _ENV = setmetatable({}, {__index = function(_, k) return "no " .. k end,
  __newindex = function(t, k, v) print("set", k, v) end})
foo = 1
print(foo, bar)
for _ENV in function(_, c) if not c then return {z = "loop"} end end do print(z) end
