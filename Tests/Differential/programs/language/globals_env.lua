-- Globals are fields of _ENV; strictness through a metatable.
x = 5
print(_ENV.x, _G.x, x) _ENV.y = 6 print(y) _G["odd name"] = 7 print(_ENV["odd name"])
x = nil print(x, rawget(_G, "x"))
local strict = setmetatable({},
  {__index = function(_, k) if _G[k] ~= nil then return _G[k] end error("undeclared " .. k, 2) end,
  __newindex = function(_, k) error("assign to " .. k, 2) end})
local f = load("local ok = print == _G.print; undeclared = 1", "=s", "t", strict) print(pcall(f))
print(pcall(load("return missing", "=s", "t", strict)))
setmetatable(_G, {__index = function(_, k) return "auto_" .. k end,
  __newindex = function(t, k, v) rawset(t, k, v .. "!") end})
print(nothere) newglobal = "v" print(newglobal) newglobal = "w" print(newglobal)
setmetatable(_G, nil)
print(nothere)
local function f2() local _ENV = {a = 1} a = a + 1 return a, _ENV end
print((f2()))
local g
do
  local _ENV = setmetatable({}, {__index = _G})
  function g() counter = (counter or 0) + 1 return counter end
end
print(g(), g(), counter)
local function with(_ENV) return a + b end print(with {a = 1, b = 2})
print(pcall(function() local _ENV = nil return z end))
print(pcall(function() local _ENV <const> = 5 z = 1 end))
print(pcall(function(_ENV) return z.z end, {}))
_ENV = {print = print, _G = _G} print(tostring == nil, _G.tostring ~= nil) z = 1 print(_G.z, z)
