-- loadlib failures and modules with their own environment.
local f, e, w = package.loadlib("/no/such/lib.so", "luaopen_x")
print(f, type(e), w == "open" or w == "absent")
f, e, w = package.loadlib("/no/such/lib.so", "*")
print(f, type(e))
print(pcall(package.loadlib))
print(pcall(package.loadlib, "x"))
print(pcall(package.loadlib, {}, "x"))
package.preload.env =
  load([[ local M = {} local _ENV = M function hello() return "hello" end x = 5 function get() return x end return M ]])
local m = require "env"
print(m.hello(), m.x, m.get(), hello, x)
m.x = 6
print(m.get())
package.preload.strict =
  load([[ local M = setmetatable({}, {__index = _G}) local _ENV = M function shout(s) return string.upper(s) end return M ]])
print(require("strict").shout("abc"), shout)
package.preload.counter = function()
  local n = 0
  return {inc = function() n = n + 1 return n end}
end
local c1, c2 = require "counter", require "counter"
c1.inc()
print(c2.inc(), c1 == c2)
package.loaded.counter = nil
local c3 = require "counter"
print(c3.inc())
package.preload.callable = function()
  return setmetatable({}, {__call = function(_, x) return "called " .. x end})
end
print(require "callable" "me")
package.preload.args = function(...) return {...} end
local args = require "args"
print(args[1], args[2], #args)
local real = require
local log = {}
function require(n) log[#log + 1] = n return real(n) end
require "args" require "string" require = real
print(table.concat(log, " "))
local keys = {}
for k in pairs(package.loaded) do keys[#keys + 1] = k end
table.sort(keys)
print(table.concat(keys, " "))
setmetatable(package.loaded, {__index = function(_, k) return "virtual " .. k end})
print(pcall(require, "not loaded at all"))
setmetatable(package.loaded, nil)
setmetatable(package.preload, {__index = function(_, k)
  return function() return "made " .. k end
end})
print(require "whatever")
setmetatable(package.preload, nil)
