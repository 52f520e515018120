-- Modules as tables of their own by way of _ENV.
local function module(name, body)
  local m = setmetatable({NAME = name}, {__index = _G})
  body(m)
  return m
end
local shapes = module("shapes", function(_ENV)
  local count = 0
  function circle(r) count = count + 1 return {area = math.pi * r ^ 2, kind = NAME} end
  function square(s) count = count + 1 return {area = s * s, kind = NAME} end
  function made() return count end
end)
print(shapes.circle(1).area, shapes.square(3).area, shapes.made(), circle, shapes.NAME)
local strict = setmetatable({}, {
  __index = function(_, k) error("undefined variable " .. k, 2) end,
  __newindex = function(t, k, v) rawset(t, k, v) end,
})
local ok, message = pcall(load("local x = undefined_name", "=strict", "t", strict))
print(ok, message)
ok, message = pcall(load("defined = 1; return defined", "=strict", "t", strict))
print(ok, message)
do
  local _ENV = {}
  function f() return _ENV end
  g = f
  _ENV.same = f() == _ENV
  result = _ENV
end
print(result, f)
