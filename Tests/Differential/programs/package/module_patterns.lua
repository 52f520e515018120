-- Modules as tables, functions, classes and singletons through preload.
package.preload["m.table"] = function(name)
  local M = {_NAME = name}
  local private = 0
  function M.inc() private = private + 1 return private end
  return M
end
package.preload["m.func"] = function() return function(x) return x * 2 end end
package.preload["m.class"] = function()
  local C = {}
  C.__index = C
  function C.new(v) return setmetatable({v = v}, C) end
  function C:get() return self.v end
  return C
end
package.preload["m.uses"] = function()
  local T, F = require "m.table", require "m.func"
  return {both = function() return F(T.inc()) end}
end
local T = require "m.table"
print(T._NAME, T.inc(), require("m.table").inc(), require "m.func"(21),
  require("m.class").new("obj"):get(), require("m.uses").both(), T.inc())
package.loaded["m.table"] = nil
local T2 = require "m.table"
print(T2 ~= T, T2.inc(), T.inc(), require("m.uses").both())
package.preload["m.late"] = function(...) return {...} end
local late, extra = require "m.late"
print(late[1], late[2], extra, #late)
print(select("#", require "m.late"), require "m.late" == late)
package.preload["m.global"] = function() exported = "by side effect" end
print(require "m.global", exported)
print(pcall(require, "m.nothing") == false,
  (select(2, pcall(require, "m.nothing")):match("^[^\n]+\n[^\n]+")))
local function lazy(name)
  return setmetatable({}, {__index = function(t, k)
    local m = require(name)
    for key, v in pairs(m) do rawset(t, key, v) end
    setmetatable(t, nil)
    return rawget(t, k)
  end})
end
local L = lazy "m.table"
print(getmetatable(L) ~= nil, type(L.inc), getmetatable(L), L._NAME)
package.preload["m.cycle"] = function(n)
  package.loaded[n] = {early = true}
  local again = require "m.cycle"
  again.late = true
end
print(require("m.cycle").early, require("m.cycle").late)
