-- require: preload, loaded, arguments, results, false, errors, reloading.
-- (5.2 says "_G.f" or "f" in messages, as it finds functions in tables of any order.)
local print = (function(print, unpack)
  return function(...)
    local t, n = {...}, select("#", ...)
    for i = 1, n do if type(t[i]) == "string" then t[i] = t[i]:gsub("'_G%.", "'") end end
    return print(unpack(t, 1, n))
  end
end)(print, table.unpack or unpack)
package.preload.one = function(...) print("loading", ...) return {name = "one"} end
local m, where = require "one"
print(m.name, where, require "one" == m, package.loaded.one == m, select("#", require "one"))
package.preload.none = function() end
print(require "none", package.loaded.none)
package.preload.f = function() return false end
print(require "f", package.loaded.f)
print(require "f")
package.preload.set = function(n) package.loaded[n] = "set by itself" end
print(require "set")
package.preload.both = function(n) package.loaded[n] = "self" return "returned" end
print(require "both")
package.loaded.one = nil
print(require("one") ~= m)
package.loaded.manual = {v = 1}
print(require("manual").v, select("#", require "manual"))
package.preload.err = function() error("load failed") end
print(pcall(require, "err"))
print(package.loaded.err)
package.preload.err = function() error({code = 1}) end
print(select(2, pcall(require, "err")).code)
package.preload.err = function() return "works now" end
print(require "err")
package.preload.a = function() local b = require "b" return "a(" .. b .. ")" end
package.preload.b = function() return "b" end
print(require "a")
package.preload.c1 = function() return require "c2" end
package.preload.c2 = function()
  package.loaded.c2 = "partial"
  return require "c1" == nil and "" or "cyclic"
end
print(pcall(require, "string") == true, require "string" == string, require "_G" == _G)
print(pcall(require))
print(pcall(require, {}))
print((pcall(require, 5)))
package.preload["5"] = function(n) return n .. "!" end
print(require(5))
package.preload.notfn = 5
print((select(2, pcall(require, "notfn")):match("^[^\n]*")))
print(type(package.path), type(package.cpath), type(package.config), type(package.searchers),
  #package.searchers, type(package.preload), type(package.loaded),
  package.loaded.package == package)
print((package.config:gsub("\n", " ")))
